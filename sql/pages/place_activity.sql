-- What people and jobs did, as a place may see it, the newest first: with its connections, with its own stores, and runs it
-- may see; what concerns the whole account only where all of it is seen (rule 91).
with

mine as (
    select c.connection_id
    from connections as c
    where c.account_id = :account_id::integer
        and (c.source_store_id = any (:stores::integer[]) or c.destination_store_id = any (:stores::integer[]))
),

seen as (
    select e.*
    from audit_events as e
    where e.account_id = :account_id::integer
        and (:before::bigint is null or e.event_id < :before::bigint)
        and (:connection_id::integer is null or e.connection_id = :connection_id::integer)
        and (:kinds::text[] is null or split_part(e.what, '.', 1) = any (:kinds::text[]))
        -- the steps of runs are on their own page; that a person asked for one stands here too
        and (
            :whole_runs::boolean
            or split_part(e.what, '.', 1) <> 'run'
            or (e.what = 'run.queued' and e.who not in ('schedule', 'catch_up', 'job', 'person'))
        )
        -- told to both ends, and once to whoever sees both
        and not (:whole::boolean and e.detail ? 'echo')
        and (
            :whole::boolean
            or e.connection_id in (select mine.connection_id from mine)
            or (e.connection_id is null and e.store_id = any (:stores::integer[]))
            or (
                e.connection_id is null
                and e.store_id is null
                and exists (
                    select from runs as r
                    where r.account_id = e.account_id
                        and r.run_id = e.run_id
                        and (
                            (r.arguments ->> 'connection')::integer in (select mine.connection_id from mine)
                            or exists (
                                select from stores as s
                                where s.account_id = r.account_id
                                    and s.domain = r.arguments ->> 'store'
                                    and s.store_id = any (:stores::integer[])
                            )
                        )
                )
            )
        )
    order by e.event_id desc
    limit :limit
)

select
    e.event_id,
    e.at,
    e.who,
    e.what,
    e.connection_id,
    e.run_id,
    -- no more of a detail than is known to be harmless
    case when jsonb_typeof(e.detail -> 'lines') = 'number' then e.detail ->> 'lines' end as lines,
    case when e.what like 'connection.%' then e.detail ->> 'items' end as items,
    case when e.what like 'run.%' then r.job end as job,
    f.domain as source,
    t.domain as destination,
    case when e.store_id = any (:stores::integer[]) then o.domain end as store
from seen as e
left join runs as r on r.account_id = e.account_id and r.run_id = e.run_id
left join connections as c on c.account_id = e.account_id and c.connection_id = e.connection_id
left join stores as f on f.account_id = c.account_id and f.store_id = c.source_store_id
left join stores as t on t.account_id = c.account_id and t.store_id = c.destination_store_id
left join stores as o on o.account_id = e.account_id and o.store_id = e.store_id
order by e.event_id desc
