-- What of a pushed order's later life was carried to the other store, one row an order at most.
create or replace view mirrored_orders as
select
    i.account_id,
    i.connection_id,
    p.destination_order_id as order_id,
    min(coalesce(i.told_at, i.event_at)) filter (
        where i.kind = 'fulfillment' and i.towards = 'destination' and i.state in ('answered', 'adopted')
    ) as tracking_returned_at,
    -- a cancellation gives back what it cancels
    bool_and(i.state in ('answered', 'adopted')) filter (
        where i.kind in ('refund', 'refund_money', 'cancel', 'cancel_lines')
    ) as refund_mirrored,
    min(case i.towards when 'source' then 'dest' else 'source' end) filter (where i.kind = 'cancel') as cancelled_by
from mirror_intents as i
join order_pushes as p on p.account_id = i.account_id and p.order_push_id = i.order_push_id
group by i.account_id, i.connection_id, p.destination_order_id
