-- Twins whose units somebody edited at the source: nothing is written for it, a person is told (rule 67).
insert into mirror_plan (order_push_id, kind, towards, origin_id, n, state, reason, payload, event_at)
with

-- a reading from before our own last edit says nothing
readable as (
    select t.order_push_id, t.source_order_id
    from twins as t
    left join mirror_intents as i
        on i.account_id = :account_id::integer
        and i.order_push_id = t.order_push_id
        and i.kind = 'edit'
        and i.towards = 'source'
        and i.state in ('sent', 'unknown', 'answered', 'adopted')
    where t.source_cancelled_at is null and t.source_read_at > t.told_at
    group by t.order_push_id, t.source_order_id, t.source_read_at
    having bool_and(i.mirror_id is null or (i.told_at is not null and i.told_at < t.source_read_at))
),

-- a line stands for one of the destination's, or for none
lines as (
    select
        r.order_push_id,
        i.line_item_id as source_line_item_id,
        l.line_item_id,
        i.current_quantity + (
            select coalesce(sum(b.quantity), 0)
            from staging.refund_lines as b
            where b.account_id = i.account_id and b.store_id = i.store_id and b.line_item_id = i.line_item_id
        ) as units,
        coalesce(l.units, 0) as pushed
    from readable as r
    join staging.line_items as i
        on i.account_id = :account_id::integer and i.store_id = :source::integer and i.order_id = r.source_order_id
    left join twin_lines as l on l.order_push_id = r.order_push_id and l.source_line_item_id = i.line_item_id
),

whole as (
    select
        order_push_id,
        min(source_line_item_id) as origin_id,
        line_item_id,
        sum(units)::integer as units,
        sum(pushed)::integer as pushed
    from lines
    group by order_push_id, line_item_id, case when line_item_id is null then source_line_item_id end
),

-- what our edits took off, but for what the source had refunded by itself
ours as (
    select
        l.line_item_id,
        sum(l.source_units) filter (where i.kind = 'edit')
        + coalesce(sum(l.source_units) filter (where i.kind = 'refund'), 0) as units
    from mirror_intents as i
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, source_units integer)
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from readable)
        and i.state in ('answered', 'adopted')
        and (
            (i.kind = 'edit' and i.towards = 'source')
            or (i.kind = 'refund' and i.towards = 'destination' and i.reason = 'EDITED')
        )
    group by l.line_item_id
),

told as (
    select i.origin_id, sum((i.payload ->> 'source_units')::integer)::integer as units, count(*) as n
    from mirror_intents as i
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from readable)
        and i.kind = 'edit'
        and i.towards = 'destination'
    group by i.origin_id
)

select
    w.order_push_id,
    'edit',
    'destination',
    w.origin_id,
    coalesce(t.n, 0),
    'held',
    'EDITED_AT_SOURCE',
    jsonb_build_object(
        'line_item_id', w.line_item_id::text,
        'source_units', w.units - w.pushed - coalesce(o.units, 0) - coalesce(t.units, 0)
    ),
    s.updated_at
from whole as w
join readable as r on r.order_push_id = w.order_push_id
join staging.orders as s
    on s.account_id = :account_id::integer and s.store_id = :source::integer and s.order_id = r.source_order_id
left join ours as o on o.line_item_id = w.line_item_id
left join told as t on t.origin_id = w.origin_id
where w.units <> w.pushed + coalesce(o.units, 0) + coalesce(t.units, 0)
