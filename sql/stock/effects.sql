-- What orders did to their own store's levels, as far as it is not written down yet. The first of an order happened when it
-- was made; what comes later, when the order last moved. Where a line is assigned to no location nobody knows what it moved.
insert into order_effects (
    account_id, connection_id, line_item_id, location_id, n, order_id, destination_item_id, units, at
)
with

moves as (
    select order_id, line_item_id, location_id, destination_item_id, created_at, updated_at, -quantity as units
    from sold
    where location_id <> 0
    union all
    select s.order_id, g.line_item_id, g.location_id, g.destination_item_id, s.created_at, s.updated_at, g.quantity
    from given_back as g
    join sold as s on s.line_item_id = g.line_item_id and s.place = 1
    where g.location_id <> 0
    union all
    -- where a line is no more, it moved nothing
    select s.order_id, e.line_item_id, e.location_id, s.destination_item_id, s.created_at, s.updated_at, 0
    from order_effects as e
    join sold as s on s.line_item_id = e.line_item_id and s.place = 1
    where e.account_id = :account_id::integer and e.connection_id = :connection_id::integer and e.n = 0
),

held as (
    select order_id, line_item_id, location_id, destination_item_id, created_at, updated_at, sum(units)::integer as units
    from moves
    group by order_id, line_item_id, location_id, destination_item_id, created_at, updated_at
),

known as (
    select e.line_item_id, e.location_id, sum(e.units) as units, count(*) as n
    from order_effects as e
    where e.account_id = :account_id::integer
        and e.connection_id = :connection_id::integer
        and e.order_id in (select order_id from held)
    group by e.line_item_id, e.location_id
),

orders_known as (
    select distinct e.order_id
    from order_effects as e
    where e.account_id = :account_id::integer
        and e.connection_id = :connection_id::integer
        and e.order_id in (select order_id from held)
)

select
    :account_id::integer,
    :connection_id::integer,
    h.line_item_id,
    h.location_id,
    coalesce(k.n, 0),
    h.order_id,
    h.destination_item_id,
    h.units - coalesce(k.units, 0),
    case when o.order_id is null then h.created_at else h.updated_at end
from held as h
left join known as k on k.line_item_id = h.line_item_id and k.location_id = h.location_id
left join orders_known as o on o.order_id = h.order_id
where h.units <> coalesce(k.units, 0)
on conflict (account_id, connection_id, line_item_id, location_id, n) do nothing;
