-- The attempt by which a running run is held, which stays so until the transaction ends; null where it does not run. The
-- lock comes first, and what is read after it is what stands then: a statement of its own, or it would see what stood before.
-- Not a row lock: that would keep the heartbeat out while a long transaction lasts.
create or replace function held_attempt(its_account integer, its_run bigint) returns integer language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(format('run %s/%s', its_account, its_run), 0));
    return (select attempt from runs where account_id = its_account and run_id = its_run and state = 'running');
end
$$;
