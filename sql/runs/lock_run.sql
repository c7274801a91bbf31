-- Waits for the transactions that the run's former holder still has open: they end before the number moves on.
select pg_advisory_xact_lock(hashtextextended(format('run %s/%s', :account_id::integer, :run_id::bigint), 0))
