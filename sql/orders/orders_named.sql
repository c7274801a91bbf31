-- Orders of a destination by id or name, as people type them: 1001 is #1001.
select
    w.wanted,
    o.order_id,
    o.name
from connections as c
cross join unnest(:wanted::text[]) as w (wanted)
left join staging.orders as o
    on o.account_id = c.account_id
    and o.store_id = c.destination_store_id
    and (o.order_id::text = w.wanted or o.name = w.wanted or o.name = '#' || w.wanted)
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
order by w.wanted, o.order_id
