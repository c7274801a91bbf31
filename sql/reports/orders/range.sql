-- The orders of the range, with the gate that refuses each and the intent to push it.
create temp table report_range on commit drop as
select
    c.account_id,
    c.source_store_id,
    c.destination_store_id,
    o.order_id,
    o.created_at,
    g.reason,
    g.detail,
    p.order_push_id,
    p.state as push_state,
    coalesce(p.state in ('answered', 'drafted'), false) as is_pushed
from connections as c
join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
join gated_orders as g on g.order_id = o.order_id
left join order_pushes as p
    on p.account_id = c.account_id and p.connection_id = c.connection_id and p.destination_order_id = o.order_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and o.order_id = any (:order_ids::bigint[])
    -- all that a source sees of a destination's orders (rule 91)
    and (not :pushed_only::boolean or p.state in ('answered', 'drafted'))
