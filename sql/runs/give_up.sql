update runs
set
    state = 'failed',
    error = :error,
    ended_at = now()
where account_id = :account_id and run_id = :run_id::bigint
