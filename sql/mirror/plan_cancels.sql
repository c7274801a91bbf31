-- Orders that were cancelled at one store, to be cancelled at the other (rule 24); cancelled at both, nothing is left to do. Of an
-- order that has lines of others only ours are taken off.
with

others as (
    select distinct t.order_push_id
    from twins as t
    join staging.line_items as i
        on i.account_id = :account_id::integer
        and i.store_id = :destination::integer
        and i.order_id = t.destination_order_id
        and i.current_quantity > 0
    where i.line_item_id not in (select line_item_id from twin_lines)
),

-- units that were lost are not given back at the twin either
lost as (
    select t.order_push_id, r.store_id
    from twins as t
    join staging.refunds as r
        on r.account_id = :account_id::integer
        and (
            (r.store_id = :destination::integer and r.order_id = t.destination_order_id and r.created_at >= t.destination_cancelled_at)
            or (r.store_id = :source::integer and r.order_id = t.source_order_id and r.created_at >= t.source_cancelled_at)
        )
    join staging.refund_lines as l
        on l.account_id = r.account_id and l.store_id = r.store_id and l.refund_id = r.refund_id
    group by t.order_push_id, r.store_id
    having bool_and(l.restock_type = 'NO_RESTOCK')
),

-- A cancellation shows at once, what became of its units a while later: until then nobody can tell which were lost.
settling as (
    select t.order_push_id, o.store_id
    from twins as t
    join staging.orders as o
        on o.account_id = :account_id::integer
        and (
            (o.store_id = :destination::integer and o.order_id = t.destination_order_id)
            or (o.store_id = :source::integer and o.order_id = t.source_order_id)
        )
    where o.cancelled_at is not null
        and o.read_at < o.cancelled_at + interval '10 minutes'
        and exists (
            select from staging.line_items as i
            where i.account_id = o.account_id
                and i.store_id = o.store_id
                and i.order_id = o.order_id
                and i.current_quantity > 0
        )
),

ours as (
    select
        l.order_push_id,
        jsonb_agg(
            jsonb_build_object('line_item_id', i.line_item_id::text, 'quantity', i.current_quantity, 'restock', true)
            order by i.line_item_id
        ) as lines
    from (select distinct order_push_id, line_item_id from twin_lines) as l
    join staging.line_items as i
        on i.account_id = :account_id::integer
        and i.store_id = :destination::integer
        and i.line_item_id = l.line_item_id
        and i.current_quantity > 0
    group by l.order_push_id
)

insert into mirror_plan (order_push_id, kind, towards, origin_id, state, payload, target_id, event_at, told_at)
select
    t.order_push_id,
    'cancel',
    'source',
    t.destination_order_id,
    case when t.source_cancelled_at is null then 'planned' else 'adopted' end,
    jsonb_build_object(
        'reason', coalesce(t.destination_cancel_reason, 'OTHER'),
        'restock', l.order_push_id is null,
        -- what the twin was paid is bookkeeping: it goes back where all of the buyer's money did
        'refund', coalesce(t.destination_refunded >= t.destination_total and t.destination_total > 0, false)
    ),
    case when t.source_cancelled_at is not null then t.source_order_id end,
    t.destination_cancelled_at,
    t.source_cancelled_at
from twins as t
left join lost as l on l.order_push_id = t.order_push_id and l.store_id = :destination::integer
where t.destination_cancelled_at is not null
    and not exists (
        select from settling as s where s.order_push_id = t.order_push_id and s.store_id = :destination::integer
    )
    -- ours at the destination is no news
    and not exists (
        select from mirror_intents as i
        where i.account_id = :account_id::integer
            and i.order_push_id = t.order_push_id
            and i.kind = 'cancel'
            and i.towards = 'destination'
            and i.state in ('sent', 'unknown', 'answered', 'adopted')
    )
union all
select
    t.order_push_id,
    case when o.order_push_id is null then 'cancel' else 'cancel_lines' end,
    'destination',
    t.source_order_id,
    'planned',
    jsonb_build_object(
        'reason', coalesce(t.source_cancel_reason, 'OTHER'),
        'restock', l.order_push_id is null,
        'refund', false,
        'lines', case when l.order_push_id is null then u.lines else replace(u.lines::text, 'true', 'false')::jsonb end
    ),
    null,
    t.source_cancelled_at,
    null
from twins as t
left join others as o on o.order_push_id = t.order_push_id
left join lost as l on l.order_push_id = t.order_push_id and l.store_id = :source::integer
left join ours as u on u.order_push_id = t.order_push_id
where t.source_cancelled_at is not null
    and t.destination_cancelled_at is null
    and not exists (
        select from settling as s where s.order_push_id = t.order_push_id and s.store_id = :source::integer
    )
    and (o.order_push_id is null or u.lines is not null)
    and not exists (
        select from mirror_intents as i
        where i.account_id = :account_id::integer
            and i.order_push_id = t.order_push_id
            and i.kind = 'cancel'
            and i.towards = 'source'
            and i.state in ('sent', 'unknown', 'answered', 'adopted')
    )
