-- Lines of the destination's orders whose units were edited since they were last settled, by the difference (rule 67): what a
-- refund or a cancellation took off is none of it. More units, and lines of linked items that were added, are carried once
-- they count, which their movements say.
insert into mirror_plan (order_push_id, kind, towards, origin_id, n, state, reason, payload, event_at)
with

known as (
    select
        l.order_push_id,
        l.line_item_id,
        l.factor,
        coalesce(max(l.bought), sum(l.units) / l.factor)::integer as bought
    from twin_lines as l
    group by l.order_push_id, l.line_item_id, l.factor
),

settled as (
    select l.line_item_id, sum(l.delta)::integer as delta
    from mirror_intents as i
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, delta integer)
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from twins)
        and i.kind = 'edit'
        and i.towards = 'source'
        and i.state <> 'planned'
    group by l.line_item_id
),

refunded as (
    select l.line_item_id, sum(l.quantity)::integer as quantity
    from staging.refund_lines as l
    where l.account_id = :account_id::integer
        and l.store_id = :destination::integer
        and l.line_item_id in (select line_item_id from known)
    group by l.line_item_id
),

-- sales and edits that count and that the source was not told of yet
untold as (
    select m.origin_id as line_item_id, m.kind, m.factor, -sum(m.units) as units, min(m.source_location_id) as source_location_id
    from stock_movements as m
    join twins as t on t.destination_order_id = m.order_id
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.origin = 'line_item'
        and m.kind in ('sale', 'edit')
        and m.closed_at is null
        and m.told_at is null
        -- those of an edit that was planned and not sent are planned anew
        and (
            m.mirror_id is null
            or exists (
                select from mirror_intents as i
                where i.account_id = m.account_id and i.mirror_id = m.mirror_id and i.state = 'planned' and i.first_sent_at is null
            )
        )
    group by m.origin_id, m.kind, m.factor
),

changed as (
    select
        k.order_push_id,
        k.line_item_id,
        k.factor,
        i.current_quantity + coalesce(r.quantity, 0) - k.bought - coalesce(s.delta, 0) as delta
    from known as k
    join staging.line_items as i
        on i.account_id = :account_id::integer and i.store_id = :destination::integer and i.line_item_id = k.line_item_id
    left join refunded as r on r.line_item_id = k.line_item_id
    left join settled as s on s.line_item_id = k.line_item_id
    left join untold as u on u.line_item_id = k.line_item_id and u.kind = 'edit'
    where i.current_quantity + coalesce(r.quantity, 0) < k.bought + coalesce(s.delta, 0)
        or (i.current_quantity + coalesce(r.quantity, 0) > k.bought + coalesce(s.delta, 0) and u.units > 0)
),

-- also what a gate refused when the order was pushed, and refuses no more
added as (
    select
        g.order_id,
        g.line_item_id,
        g.factor,
        g.quantity,
        g.units,
        u.source_location_id,
        g.source_variant_id
    from gated_lines as g
    join untold as u on u.line_item_id = g.line_item_id and u.kind = 'sale' and u.units > 0
    where g.is_linked
        and g.reason is null
        and g.quantity > 0
        and g.line_item_id not in (select line_item_id from twin_lines)
        and g.line_item_id not in (
            select each.line_item_id
            from mirror_intents as m
            cross join lateral jsonb_to_recordset(m.payload -> 'added') as each (line_item_id bigint)
            where m.account_id = :account_id::integer
                and m.order_push_id in (select order_push_id from twins)
                and m.kind = 'edit'
                and m.state <> 'planned'
        )
),

shipped as (
    select distinct t.order_push_id
    from twins as t
    join staging.fulfillments as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.order_id = t.source_order_id
    where f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
)

select
    t.order_push_id,
    'edit',
    'source',
    t.destination_order_id,
    (
        select count(*)
        from mirror_intents as i
        where i.account_id = :account_id::integer
            and i.order_push_id = t.order_push_id
            and i.kind = 'edit'
            and i.towards = 'source'
            and i.state <> 'planned'
    ),
    case when s.order_push_id is null then 'planned' else 'held' end,
    case when s.order_push_id is not null then 'ALREADY_SHIPPED' end,
    jsonb_build_object('lines', coalesce(c.lines, '[]'), 'added', coalesce(a.lines, '[]')),
    o.updated_at
from twins as t
join staging.orders as o
    on o.account_id = :account_id::integer and o.store_id = :destination::integer and o.order_id = t.destination_order_id
left join lateral (
    select jsonb_agg(
        jsonb_build_object('line_item_id', e.line_item_id::text, 'delta', e.delta, 'source_units', e.delta * e.factor)
        order by e.line_item_id
    ) as lines
    from changed as e
    where e.order_push_id = t.order_push_id
) as c on true
left join lateral (
    select jsonb_agg(
        jsonb_build_object(
            'line_item_id', e.line_item_id::text, 'quantity', e.quantity, 'source_units', e.units, 'factor', e.factor,
            'source_variant_id', e.source_variant_id::text, 'location_id', e.source_location_id::text
        )
        order by e.line_item_id
    ) as lines
    from added as e
    where e.order_id = t.destination_order_id and t.order_push_id in (select order_push_id from twin_lines)
) as a on true
left join shipped as s on s.order_push_id = t.order_push_id
where t.destination_cancelled_at is null
    and t.source_cancelled_at is null
    and (c.lines is not null or a.lines is not null)
