-- Not a row lock: that would keep the heartbeat out while a long transaction lasts.
select pg_advisory_xact_lock_shared(hashtextextended(format('run %s/%s', :account_id::integer, :run_id::bigint), 0))
