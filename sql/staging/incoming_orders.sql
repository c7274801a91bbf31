-- with the personal data, and what its parcels are by now, that came beside each order
create temp table incoming_orders as
select
    o.order_id,
    [[ fields: o.# ]],
    [[ people: p.# ]],
    null::jsonb as parcels
from staging.orders as o
join staging.order_people as p
    on p.account_id = o.account_id
    and p.store_id = o.store_id
    and p.order_id = o.order_id
with no data
