-- Parcels of the source, one intent for each and for each location of the destination that has their units (rules 63, 64, 66).
-- A pack goes with the parcel that completes it, which brings the tracking of those before it; what is left of one waits.
with

parcels as (
    select t.order_push_id, f.fulfillment_id, f.created_at, f.tracking
    from twins as t
    join staging.fulfillments as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.order_id = t.source_order_id
    where f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
),

shipped as (
    select p.order_push_id, p.fulfillment_id, p.created_at, p.tracking, t.line_item_id, t.factor, sum(l.quantity)::integer as units
    from parcels as p
    join staging.fulfillment_lines as l
        on l.account_id = :account_id::integer and l.store_id = :source::integer and l.fulfillment_id = p.fulfillment_id
    join twin_lines as t on t.order_push_id = p.order_push_id and t.source_line_item_id = l.line_item_id
    group by p.order_push_id, p.fulfillment_id, p.created_at, p.tracking, t.line_item_id, t.factor
),

running as (
    select
        *,
        (sum(units) over (partition by line_item_id order by created_at, fulfillment_id))::integer as through,
        (sum(units) over (partition by line_item_id))::integer as in_all
    from shipped
),

packed as (
    select
        *,
        through / factor - (through - units) / factor as packs,
        through > in_all / factor * factor as is_part
    from running
),

-- what was decided of a parcel stays decided
decided as (
    select i.origin_id as fulfillment_id, l.line_item_id, sum(l.quantity)::integer as quantity
    from mirror_intents as i
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, quantity integer)
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from twins)
        and i.kind = 'fulfillment'
        and i.n = 0
        and i.state <> 'planned'
    group by i.origin_id, l.line_item_id
),

wanted as (
    select
        p.*,
        p.packs - coalesce(d.quantity, 0) as quantity,
        sum(p.packs - coalesce(d.quantity, 0)) over (partition by p.line_item_id order by p.created_at, p.fulfillment_id) as upto
    from packed as p
    left join decided as d on d.fulfillment_id = p.fulfillment_id and d.line_item_id = p.line_item_id
    where p.packs > coalesce(d.quantity, 0)
),

-- carried already, and the last reading does not show it yet
unseen as (
    select i.location_id, l.line_item_id, sum(l.quantity)::integer as quantity
    from mirror_intents as i
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, quantity integer)
    left join staging.fulfillments as f
        on f.account_id = i.account_id and f.store_id = :destination::integer and f.fulfillment_id = i.target_id
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from twins)
        and i.kind = 'fulfillment'
        and i.state in ('sent', 'unknown', 'answered', 'adopted')
        and f.fulfillment_id is null
    group by i.location_id, l.line_item_id
),

left_over as (
    select l.line_item_id, f.location_id, sum(l.remaining_quantity)::integer as quantity
    from staging.fulfillment_order_lines as l
    join staging.fulfillment_orders as f
        on f.account_id = l.account_id and f.store_id = l.store_id and f.fulfillment_order_id = l.fulfillment_order_id
    where l.account_id = :account_id::integer
        and l.store_id = :destination::integer
        and l.line_item_id in (select line_item_id from wanted)
        and f.location_id is not null
        and f.status not in ('CLOSED', 'CANCELLED', 'INCOMPLETE')
    group by l.line_item_id, f.location_id
),

supply as (
    select
        l.line_item_id,
        l.location_id,
        l.quantity - coalesce(u.quantity, 0) as quantity,
        sum(l.quantity - coalesce(u.quantity, 0)) over (partition by l.line_item_id order by l.location_id) as upto
    from left_over as l
    left join unseen as u on u.line_item_id = l.line_item_id and u.location_id = l.location_id
    where l.quantity > coalesce(u.quantity, 0)
),

-- parcels take what is left in their order, location by location
shares as (
    select
        w.order_push_id,
        w.fulfillment_id,
        w.line_item_id,
        s.location_id,
        (least(w.upto, s.upto) - greatest(w.upto - w.quantity, s.upto - s.quantity))::integer as quantity
    from wanted as w
    join supply as s
        on s.line_item_id = w.line_item_id and s.upto > w.upto - w.quantity and s.upto - s.quantity < w.upto
    union all
    select
        w.order_push_id,
        w.fulfillment_id,
        w.line_item_id,
        0,
        (w.upto - greatest(w.upto - w.quantity, coalesce(s.upto, 0)))::integer
    from wanted as w
    left join (select line_item_id, max(upto) as upto from supply group by line_item_id) as s on s.line_item_id = w.line_item_id
    where w.upto > coalesce(s.upto, 0)
),

-- parcels that began the packs which this one completes
before as (
    select k.fulfillment_id, jsonb_agg(distinct each.tracking) as tracking
    from packed as k
    join packed as e
        on e.line_item_id = k.line_item_id
        and e.through < k.through
        and e.through > (k.through - k.units) / k.factor * k.factor
    cross join lateral jsonb_array_elements(e.tracking) as each (tracking)
    where k.factor > 1 and k.packs > 0
    group by k.fulfillment_id
),

carried as (
    select
        s.order_push_id,
        s.fulfillment_id,
        s.location_id,
        jsonb_agg(
            jsonb_build_object('line_item_id', s.line_item_id::text, 'quantity', s.quantity) order by s.line_item_id
        ) as lines,
        -- one mail a parcel, however many locations it comes from
        row_number() over (partition by s.fulfillment_id order by s.location_id = 0, s.location_id) = 1 as is_first
    from shares as s
    group by s.order_push_id, s.fulfillment_id, s.location_id
)

insert into mirror_plan (order_push_id, kind, towards, origin_id, location_id, n, state, reason, payload, event_at)
select
    c.order_push_id,
    'fulfillment',
    'destination',
    c.fulfillment_id,
    c.location_id,
    0,
    'planned',
    null,
    jsonb_build_object(
        'lines', c.lines, 'own', p.tracking, 'tracking', p.tracking || coalesce(b.tracking, '[]'),
        'notify', :notify::boolean and c.is_first
    ),
    p.created_at
from carried as c
join parcels as p on p.fulfillment_id = c.fulfillment_id
left join before as b on b.fulfillment_id = c.fulfillment_id
union all
select
    order_push_id,
    'fulfillment',
    'destination',
    fulfillment_id,
    0,
    1,
    'waiting',
    'PART_OF_PACK',
    jsonb_build_object(
        'lines', jsonb_agg(
            jsonb_build_object(
                'line_item_id', line_item_id::text, 'quantity', 0, 'source_units', units, 'factor', factor
            )
            order by line_item_id
        )
    ),
    created_at
from packed
where is_part
group by order_push_id, fulfillment_id, created_at
