-- A run's like: the same job with the same arguments. One whose process died waits as well: it is to be taken over.
select
    run_id,
    state,
    state = 'running' and heartbeat_at > clock_timestamp() - make_interval(secs => :stale_after) as alive
from runs
where account_id = :account_id
    and job = :job
    and arguments = :arguments::jsonb
    and state in ('queued', 'running')
order by run_id
