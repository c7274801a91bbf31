-- What of an order's later life was carried to the other store, one row an order at most.
create or replace view mirrored_orders as
select
    p.account_id,
    p.connection_id,
    p.destination_order_id as order_id,
    null::timestamptz as tracking_returned_at,
    null::boolean as refund_mirrored
from order_pushes as p
where false
