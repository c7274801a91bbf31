-- Units added to a line, or taken off, after the source was told of it (rules 24, 25, 67): the difference is one more movement.
-- What goes with an order that is voided is one too (rule 19).
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
    select
        g.line_item_id,
        sum(g.quantity) as quantity,
        sum(g.quantity) filter (where m.why = 'before_push') as untold
    from given_back as g
    left join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id = g.refund_line_id
    group by g.line_item_id
),

-- of a voided order the source keeps nothing that it was told of, but what a pushed order holds there (rule 19)
owed as (
    select
        s.*,
        case
            when s.standing = 'never' and not :pushes::boolean then coalesce(b.quantity, 0) - coalesce(b.untold, 0)
            else s.quantity - coalesce(b.untold, 0)
        end * s.factor as units
    from sold as s
    left join came_back as b on b.line_item_id = s.line_item_id and s.place = 1
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
    t.units - s.units,
    s.created_at
from owed as s
join told as t on t.line_item_id = s.line_item_id and t.location_id = s.location_id
where s.units <> t.units and (s.standing = 'counts' or s.units < t.units)
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do nothing;
