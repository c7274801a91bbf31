-- Pushes of which it has to be looked up what became of them.
select
    p.order_push_id,
    p.destination_order_id,
    p.state,
    p.kind,
    p.origin,
    p.source_draft_id,
    p.first_sent_at,
    p.sent_at,
    p.looked_up_at,
    o.cancelled_at
from order_pushes as p
join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
left join staging.orders as o
    on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = p.destination_order_id
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.state in ('sent', 'unknown', 'drafted')
order by p.order_push_id
