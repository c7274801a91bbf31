select
    account_id,
    run_id,
    job,
    arguments,
    reason,
    slot,
    case when state = 'running' and heartbeat_at <= clock_timestamp() - make_interval(secs => :stale_after)
        then 'lost' else state
    end as state,
    attempt,
    progress,
    result,
    error,
    requested_at,
    started_at,
    heartbeat_at,
    ended_at
from runs
where account_id = :account_id
    and (:run_id::bigint is null or run_id = :run_id)
order by run_id desc
limit :limit
