-- How the whole installation stands, for monitoring: numbers alone, of all accounts together.
select
    (
        select coalesce(jsonb_agg(jsonb_build_object('job', r.job, 'state', r.state, 'runs', r.runs)), '[]')
        from (
            select job, state, count(*) as runs
            from runs
            where account_id > 0 and state in ('queued', 'running')
            group by job, state
        ) as r
    ) as runs,
    (select count(*) from change_sets where account_id > 0 and state = 'held')::integer as held,
    (select count(*) from notices where account_id > 0 and ended_at is null)::integer as notices,
    (select count(*) from stores where account_id > 0 and state = 'stopped')::integer as stopped,
    (
        -- What a run did is in its result: connections that it was not asked for, passed over or failed at have no `loaded`.
        select extract(epoch from clock_timestamp() - min(greatest(coalesce(c.accepted_at, c.created_at), last.ended_at)))::bigint
        from connections as c
        left join lateral (
            select r.ended_at
            from runs as r
            where r.account_id = c.account_id
                and r.job in ('hourly', 'nightly')
                and r.ended_at is not null
                and r.result -> 'connections' -> c.connection_id::text ? 'loaded'
                and r.arguments -> 'dry_run' is distinct from 'true'
            order by r.run_id desc
            limit 1
        ) as last on true
        where c.account_id > 0 and c.state = 'connected'
    ) as since_stock
