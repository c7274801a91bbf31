-- A run before it is claimed, and who else of its account is at work.
select
    run.state,
    run.attempt,
    run.job,
    run.arguments,
    run.state = 'running' and run.heartbeat_at > clock_timestamp() - make_interval(secs => :stale_after) as alive,
    (
        select other.run_id
        from runs as other
        where other.account_id = run.account_id
            and other.run_id <> run.run_id
            and other.run_id <> :beside::bigint
            and other.state = 'running'
            and other.heartbeat_at > clock_timestamp() - make_interval(secs => :stale_after)
        order by other.run_id
        limit 1
    ) as busy_with
from runs as run
where run.account_id = :account_id and run.run_id = :run_id::bigint
