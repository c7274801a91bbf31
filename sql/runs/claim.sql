update runs
set
    state = 'running',
    attempt = attempt + 1,
    started_at = coalesce(started_at, now()),
    heartbeat_at = clock_timestamp(),
    progress = '{}',
    error = null
where account_id = :account_id and run_id = :run_id::bigint
returning attempt
