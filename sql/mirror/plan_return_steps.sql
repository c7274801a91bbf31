-- What became of a return at one store is done at the other, step by step; where both went on, the source's status wins (rule 69).
insert into mirror_plan (order_push_id, kind, towards, origin_id, n, state, reason, payload, target_id, event_at)
with

moved as (
    select
        p.*,
        case
            when p.source_status <> p.settled then 'destination'
            when p.destination_status <> p.settled then 'source'
        end as towards
    from return_pairs as p
    where not p.is_open
),

steps as (
    select
        m.order_push_id,
        m.towards,
        case m.towards when 'destination' then m.source_return_id else m.destination_return_id end as origin_id,
        case m.towards when 'destination' then m.destination_return_id else m.source_return_id end as target_id,
        case m.towards when 'destination' then m.source_status else m.destination_status end as wanted,
        case m.towards when 'destination' then coalesce(m.destination_status, m.settled) else coalesce(m.source_status, m.settled) end as there,
        m.destination_return_id
    from moved as m
    where m.towards is not null
),

named as (
    select
        *,
        case
            when there = wanted then 'none'
            when there = 'REQUESTED' and wanted in ('OPEN', 'CLOSED') then 'approve'
            when there = 'REQUESTED' and wanted = 'DECLINED' then 'decline'
            when there in ('REQUESTED', 'OPEN') and wanted = 'CANCELED' then 'cancel'
            when there = 'OPEN' and wanted = 'CLOSED' then 'close'
            when there = 'CLOSED' and wanted = 'OPEN' then 'reopen'
        end as step
    from steps
)

select
    n.order_push_id,
    'return_step',
    n.towards,
    n.origin_id,
    (
        select count(*)
        from mirror_intents as i
        where i.account_id = :account_id::integer
            and i.order_push_id = n.order_push_id
            and i.kind = 'return_step'
            and i.towards = n.towards
            and i.origin_id = n.origin_id
            and i.state <> 'planned'
    ),
    case n.step when 'none' then 'adopted' else case when n.step is null then 'held' else 'planned' end end,
    case when n.step is null then 'NO_WAY' end,
    jsonb_build_object(
        'step', n.step,
        'to', case when n.step = 'approve' then 'OPEN' else n.wanted end,
        'return_id', n.destination_return_id::text
    ),
    n.target_id,
    o.updated_at
from named as n
join twins as t on t.order_push_id = n.order_push_id
join staging.orders as o
    on o.account_id = :account_id::integer
    and (o.store_id, o.order_id) = (
        case n.towards when 'destination' then :source::integer else :destination::integer end,
        case n.towards when 'destination' then t.source_order_id else t.destination_order_id end
    )
