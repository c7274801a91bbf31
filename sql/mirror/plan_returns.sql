-- Units that are sent back: the return of one store is opened at the other (rule 69). Alike at both, they are one; a part of a
-- pack waits for a person.
with

returns as (
    select t.order_push_id, 'destination' as at, r.return_id, r.status, o.updated_at as event_at
    from twins as t
    join staging.returns as r
        on r.account_id = :account_id::integer and r.store_id = :destination::integer and r.order_id = t.destination_order_id
    join staging.orders as o on o.account_id = r.account_id and o.store_id = r.store_id and o.order_id = r.order_id
    where r.status in ('REQUESTED', 'OPEN', 'CLOSED')
    union all
    select t.order_push_id, 'source', r.return_id, r.status, o.updated_at
    from twins as t
    join staging.returns as r
        on r.account_id = :account_id::integer and r.store_id = :source::integer and r.order_id = t.source_order_id
    join staging.orders as o on o.account_id = r.account_id and o.store_id = r.store_id and o.order_id = r.order_id
    where r.status in ('REQUESTED', 'OPEN', 'CLOSED')
),

-- neither ours, nor carried, nor at an order where one of ours may just have been made
news as (
    select r.*
    from returns as r
    where not exists (
        select from mirror_intents as i
        where i.account_id = :account_id::integer
            and i.order_push_id = r.order_push_id
            and i.kind = 'return'
            and (
                (i.towards = r.at and i.target_id = r.return_id)
                or (i.towards = r.at and (i.state in ('sent', 'unknown') or (i.state = 'held' and i.reason = 'SEVERAL_MATCH')))
                or (i.towards <> r.at and i.origin_id = r.return_id and i.state in ('sent', 'unknown', 'answered', 'adopted'))
            )
    )
),

lines as (
    select n.order_push_id, n.at, n.return_id, t.line_item_id, t.factor,
        sum(l.quantity * case n.at when 'destination' then t.factor else 1 end)::integer as units,
        max(concat_ws(': ', nullif(l.reason, 'unknown'), nullif(l.note, ''))) as note
    from news as n
    join staging.return_lines as l
        on l.account_id = :account_id::integer
        and l.store_id = case n.at when 'source' then :source::integer else :destination::integer end
        and l.return_id = n.return_id
    join staging.fulfillment_lines as f
        on f.account_id = l.account_id and f.store_id = l.store_id and f.fulfillment_line_id = l.fulfillment_line_id
    join (
        select distinct order_push_id, 'destination' as at, line_item_id as own, line_item_id, factor
        from twin_lines
        union all
        select order_push_id, 'source', source_line_item_id, line_item_id, factor
        from twin_lines
    ) as t on t.order_push_id = n.order_push_id and t.at = n.at and t.own = f.line_item_id
    group by n.order_push_id, n.at, n.return_id, t.line_item_id, t.factor
),

carried as (
    select
        n.order_push_id,
        n.at,
        n.return_id,
        n.status,
        n.event_at,
        bool_or(l.units % l.factor <> 0) as is_part,
        string_agg(l.line_item_id || ':' || l.units, ' ' order by l.line_item_id) as units,
        jsonb_agg(
            jsonb_build_object(
                'line_item_id', l.line_item_id::text, 'quantity', l.units / l.factor, 'source_units', l.units, 'note', l.note
            )
            order by l.line_item_id
        ) as lines
    from news as n
    join lines as l on l.at = n.at and l.return_id = n.return_id
    group by n.order_push_id, n.at, n.return_id, n.status, n.event_at
),

placed as (
    select *, row_number() over (partition by order_push_id, at, units order by return_id) as place
    from carried
)

insert into mirror_plan (order_push_id, kind, towards, origin_id, state, reason, payload, target_id, event_at, told_at)
select
    p.order_push_id,
    'return',
    case p.at when 'source' then 'destination' else 'source' end,
    p.return_id,
    case when o.return_id is not null then 'adopted' when p.is_part then 'waiting' else 'planned' end,
    case when o.return_id is null and p.is_part then 'PART_OF_PACK' end,
    jsonb_build_object(
        'lines', p.lines,
        -- of two made by hand the source's counts
        'status', case
            when o.return_id is not null then o.status
            when p.status = 'REQUESTED' then p.status
            else 'OPEN'
        end
    ),
    o.return_id,
    p.event_at,
    o.event_at
from placed as p
left join placed as o
    on o.order_push_id = p.order_push_id and o.units = p.units and o.place = p.place and o.at <> p.at
-- a pair is one row, the destination's
where o.return_id is null or p.at = 'destination'
