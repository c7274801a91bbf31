-- Of which runs it tells, what they read, and what became of the lines by entity and field.
with

connection as materialized (
    select c.account_id, c.connection_id, c.source_store_id, c.destination_store_id
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

seen_runs as (
    select r.run_id, r.job, r.reason, r.state, r.requested_at, r.started_at, r.ended_at
    from connection as c
    join runs as r on r.account_id = c.account_id
    where r.run_id = :run_id::bigint
        or (:run_id::bigint is null and r.run_id in (select s.run_id from report_sets as s))
),

readings as (
    select t.domain, n.operation, n.kind, n.read_at, n.rows_staged
    from connection as c
    join snapshots as n on n.account_id = c.account_id and n.store_id in (c.source_store_id, c.destination_store_id)
    join stores as t on t.account_id = n.account_id and t.store_id = n.store_id
    where n.state = 'complete'
        and n.run_id in (select r.run_id from seen_runs as r)
        -- how much a store has in all is its own business (rule 91)
        and n.store_id = any (
            case :side::text
                when 'source' then array[c.source_store_id]
                when 'destination' then array[c.destination_store_id]
                else array[c.source_store_id, c.destination_store_id]
            end
        )
),

counted as (
    select entity, action, field, status, count(*) as lines
    from report_sync
    where action <> 'link'
    group by entity, action, field, status
),

linked (entity, items) as (
    select 'product', count(*)
    from connection as c
    join product_links as l on l.account_id = c.account_id and l.connection_id = c.connection_id
    union all
    select 'variant', count(*)
    from connection as c
    join variant_links as l on l.account_id = c.account_id and l.connection_id = c.connection_id
),

touched as (
    select entity, count(distinct item_id) as items
    from report_sync
    where action not in ('create', 'link')
    group by entity
),

rows (part, place, section, what, value, number) as (
    select
        1, run_id, 'runs', format('run %s', run_id),
        concat_ws(
            ', ', job, 'asked for by ' || reason, state, iso_time(started_at, :zone::text),
            'took ' || round(extract(epoch from ended_at - started_at))::text || ' s'
        ), null::bigint
    from (select * from seen_runs order by run_id desc limit 50) as r
    union all
    select 1, null, 'runs', 'runs in all', null, count(*) from seen_runs
    union all
    select 2, null, 'rows read', format('%s: %s, %s', domain, operation, kind), iso_time(max(read_at), :zone::text), sum(rows_staged)
    from readings
    group by domain, operation, kind
    union all
    select
        3, null, 'lines by entity and field',
        concat_ws(' ', case entity when 'level' then 'inventory' else entity end, case when action <> 'update' then action end, nullif(field, '')),
        status, lines
    from counted
    union all
    select 4, null, 'lines by status', status, null, sum(lines) from counted group by status
    union all
    select 5, null, 'linked and unchanged', l.entity, 'linked now, without a line here', l.items - coalesce(t.items, 0)
    from linked as l
    left join touched as t on t.entity = l.entity
    union all
    select 6, change_set_id, 'held', format('set %s, %s', change_set_id, kind), hold_reason, null
    from report_sets
    where hold_reason is not null
    union all
    select
        7, change_set_id, 'rolled back', format('set %s, %s', change_set_id, kind), iso_time(rolled_back_at, :zone::text), null
    from report_sets
    where rolled_back_at is not null
)

select section, what, value, number, null::numeric as amount, null::text as currency
from rows
order by part, place, number desc, what, value
