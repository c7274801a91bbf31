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
        select extract(epoch from clock_timestamp() - max(ended_at))::bigint
        from runs
        where account_id > 0 and job in ('hourly', 'nightly') and state in ('done', 'held')
    ) as since_stock
