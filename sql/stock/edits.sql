-- Units added to a line, or taken off, after the source was told of it (rules 24, 25, 67): the difference to what it was told is
-- one more movement, or becomes the one that nobody began to tell yet. What goes with an order that is voided is one too
-- (rule 19).
with

told as (
    select
        m.origin_id as line_item_id,
        m.location_id,
        -sum(m.units) as units,
        coalesce(-sum(m.units) filter (where not is_untold), 0) as firm,
        count(*) filter (where not is_untold) as n,
        min(m.source_location_id) as source_location_id
    from stock_movements as m
    cross join lateral (select m.movement_id in (select movement_id from untold_edits) as is_untold) as l
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
        sum(g.quantity) filter (where g.restock_type = 'RETURN' and m.why = 'before_push') as returned,
        sum(g.quantity * g.factor - case when m.why = 'before_push' then 0 else m.units end) as untold
    from given_back as g
    left join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id = g.refund_line_id
    group by g.line_item_id
),

-- what the destination shipped by itself before the push, and did not take back till then, is out of its own stock (rule 21b)
shipped as (
    select l.line_item_id, sum(l.quantity) as quantity
    from order_pushes as p
    join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
    join shipped_lines as l
        on l.account_id = c.account_id
        and l.store_id = c.destination_store_id
        and l.order_id = p.destination_order_id
        and l.created_at < p.first_sent_at
    where p.account_id = :account_id::integer
        and p.connection_id = :connection_id::integer
        and :pushes::boolean
        and l.line_item_id in (select line_item_id from sold)
    group by l.line_item_id
),

-- of a voided order the source keeps nothing that it was told of, but what a pushed order holds there (rule 19)
owed as (
    select
        s.*,
        case
            when s.standing = 'never' and not :pushes::boolean then coalesce(b.quantity, 0)
            else s.quantity - greatest(0, h.quantity - coalesce(b.returned, 0))
        end * s.factor - coalesce(b.untold, 0) as units
    from sold as s
    left join came_back as b on b.line_item_id = s.line_item_id and s.place = 1
    left join shipped as h on h.line_item_id = s.line_item_id and s.place = 1
),

changed as (
    select s.*, t.n, t.source_location_id, t.firm - s.units as owes
    from owed as s
    join told as t on t.line_item_id = s.line_item_id and t.location_id = s.location_id
    where s.units <> t.units and (s.standing = 'counts' or s.units < t.units)
),

-- taken back before anybody heard of it
undone as (
    delete from stock_movements as m
    using untold_edits as l
    join changed as c on c.line_item_id = l.line_item_id and c.location_id = l.location_id and c.owes = 0
    where m.account_id = :account_id::integer and m.movement_id = l.movement_id
    returning m.origin_id, m.location_id
),

-- what is gone has no row left to carry changed_at: the sale shows it
shown as (
    update stock_movements as m
    set changed_at = now()
    from undone as u
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'sale'
        and m.origin = 'line_item'
        and m.origin_id = u.origin_id
        and m.location_id = u.location_id
)

insert into stock_movements as m (
    account_id, connection_id, kind, origin, origin_id, location_id, n, order_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at
)
select
    :account_id::integer,
    :connection_id::integer,
    'edit',
    'line_item',
    line_item_id,
    location_id,
    n,
    order_id,
    source_item_id,
    destination_item_id,
    source_location_id,
    factor,
    owes,
    created_at
from changed
where owes <> 0
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do update set
    units = excluded.units,
    sent_at = null,
    changed_at = now()
where m.movement_id in (select movement_id from untold_edits);
