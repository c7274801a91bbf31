-- Orders that a push may be for: with a linked line, not pushed, not cancelled, no test. The rest need not be judged each hour.
select coalesce(array_agg(o.order_id), '{}') as order_ids
from connections as c
join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
left join order_pushes as p
    on p.account_id = c.account_id and p.connection_id = c.connection_id and p.destination_order_id = o.order_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and o.cancelled_at is null
    and not o.test
    and (p.state is null or p.state in ('planned', 'refused', 'unresolved'))
    and exists (
        select from staging.line_items as i
        join variant_links as l
            on l.account_id = i.account_id
            and l.connection_id = c.connection_id
            and l.destination_variant_id = i.variant_id
        where i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    )
