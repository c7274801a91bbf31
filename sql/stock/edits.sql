-- Units added to a line, or taken off, after the source was told of it (rules 24, 25, 67): the difference is one more movement.
insert into stock_movements (
    account_id, connection_id, kind, origin, origin_id, location_id, n, order_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at
)
with

told as (
    select
        m.origin_id as line_item_id,
        m.location_id,
        -sum(m.units) as units,
        count(*) as told,
        min(m.source_location_id) as source_location_id
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.origin = 'line_item'
        and m.origin_id in (select line_item_id from sold)
        and (m.sent_at is not null or m.kind = 'edit')
    group by m.origin_id, m.location_id
    having bool_and(m.closed_at is null or m.why = 'shown')
),

came_back as (
    select g.line_item_id, sum(g.quantity) as quantity
    from given_back as g
    join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id = g.refund_line_id
        and m.why = 'before_push'
    group by g.line_item_id
)

select
    :account_id::integer,
    :connection_id::integer,
    'edit',
    'line_item',
    s.line_item_id,
    s.location_id,
    t.told,
    s.order_id,
    s.source_item_id,
    s.destination_item_id,
    t.source_location_id,
    s.factor,
    t.units - (s.quantity - coalesce(b.quantity, 0)) * s.factor,
    s.created_at
from sold as s
join told as t on t.line_item_id = s.line_item_id and t.location_id = s.location_id
left join came_back as b on b.line_item_id = s.line_item_id and s.place = 1
where (s.quantity - coalesce(b.quantity, 0)) * s.factor <> t.units
    and (s.standing = 'counts' or (s.quantity - coalesce(b.quantity, 0)) * s.factor < t.units)
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do nothing;
