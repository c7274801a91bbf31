-- Units that came back. If their sale was not told to the source yet, it is told of that many less; else they are to be
-- given back there, once (rules 22 to 24). Of what never was a movement there is nothing to give back, and no more than the
-- source was told of: the rest is an edit's that it never heard of. What is sent back to a place that nothing feeds stays there.
insert into stock_movements (
    account_id, connection_id, kind, origin, origin_id, location_id, order_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at, closed_at, why
)
with

places as (
    select distinct on (destination_location_id) destination_location_id, source_location_id
    from location_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
    order by destination_location_id, priority desc, source_location_id
),

told as (
    select
        m.origin_id as line_item_id,
        min(m.source_location_id) as source_location_id,
        bool_or(m.kind = 'sale' and m.sent_at is not null and (m.closed_at is null or m.why = 'shown')) as is_told,
        -sum(m.units) filter (where m.movement_id not in (select movement_id from untold_edits)) as units
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind in ('sale', 'edit')
        and m.origin = 'line_item'
        and m.origin_id in (select line_item_id from given_back)
    group by m.origin_id
),

known as (
    select m.origin_id as refund_line_id, m.units, m.why
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id in (select refund_line_id from given_back)
),

-- in units of the source, and how many of the line were given back before each
back as (
    select
        g.*,
        k.refund_line_id is null as is_new,
        g.quantity * g.factor as units,
        coalesce(
            sum(case when k.why = 'before_push' then 0 else coalesce(k.units, g.quantity * g.factor) end) over (
                partition by g.line_item_id
                order by k.refund_line_id is null, g.refund_line_id
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as before
    from given_back as g
    left join known as k on k.refund_line_id = g.refund_line_id
),

counted as (
    select
        b.*,
        -- what never left is where it was taken; what was sent back, where it was received
        case
            when b.restock_type = 'CANCEL' then coalesce(t.source_location_id, p.source_location_id, 0)
            else coalesce(p.source_location_id, t.source_location_id, 0)
        end as source_location_id,
        b.restock_type = 'RETURN'
        and b.location_id <> 0
        and p.destination_location_id is null
        and not exists (
            select from pushes_at_source as o
            where o.account_id = :account_id::integer
                and o.connection_id = :connection_id::integer
                and o.order_id = b.order_id
        ) as is_elsewhere,
        case when coalesce(t.is_told, false) then greatest(0, least(b.units, t.units - b.before)) else 0 end as told
    from back as b
    left join told as t on t.line_item_id = b.line_item_id
    left join places as p on p.destination_location_id = b.location_id
    where b.is_new
)

select
    :account_id::integer,
    :connection_id::integer,
    'restock',
    'refund_line',
    refund_line_id,
    0,
    order_id,
    source_item_id,
    destination_item_id,
    source_location_id,
    factor,
    case when told > 0 then told else units end,
    created_at,
    case when told = 0 or is_elsewhere then now() end,
    case when told = 0 then 'before_push' when is_elsewhere then 'released' end
from counted
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do nothing;
