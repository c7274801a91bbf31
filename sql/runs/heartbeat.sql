update runs
set heartbeat_at = clock_timestamp()
where account_id = :account_id and run_id = :run_id::bigint and attempt = :attempt and state = 'running'
