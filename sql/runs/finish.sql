-- Back to queued when its process was asked to end: another takes it up where this one looks again.
update runs
set
    state = :state,
    result = :result::jsonb,
    error = :error,
    ended_at = case when :state <> 'queued' then now() end
where account_id = :account_id and run_id = :run_id::bigint and attempt = :attempt and state = 'running'
