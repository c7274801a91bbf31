-- Units that a destination's own orders have set aside there, and that nobody else has to know of yet (rule 19).
create temp table set_aside on commit drop as
with

unpaid as (
    select line_item_id, destination_item_id, location_id, place, quantity, factor
    from sold
    where standing = 'aside' and cancelled_at is null
),

-- of an order that was paid and grew the pool has a part already
in_pool as (
    select m.origin_id as line_item_id, m.location_id, -sum(m.units) as units
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.origin = 'line_item'
        and m.origin_id in (select line_item_id from unpaid)
        and (m.closed_at is null or m.why = 'shown')
    group by m.origin_id, m.location_id
),

came_back as (
    select g.line_item_id, sum(g.quantity) as quantity
    from given_back as g
    left join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id = g.refund_line_id
    where g.line_item_id in (select line_item_id from unpaid) and (m.movement_id is null or m.why = 'before_push')
    group by g.line_item_id
)

select
    u.destination_item_id,
    u.location_id,
    sum(greatest(0, (u.quantity - coalesce(b.quantity, 0)) * u.factor - coalesce(p.units, 0))) as units
from unpaid as u
left join in_pool as p on p.line_item_id = u.line_item_id and p.location_id = u.location_id
left join came_back as b on b.line_item_id = u.line_item_id and u.place = 1
group by u.destination_item_id, u.location_id;
