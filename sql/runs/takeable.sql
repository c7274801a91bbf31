-- Of every account: what waits, and what a dead process has left; the oldest first.
select
    account_id,
    run_id,
    job
from runs
where state = 'queued'
    or (state = 'running' and heartbeat_at <= clock_timestamp() - make_interval(secs => :stale_after))
order by requested_at
