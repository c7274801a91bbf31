-- Links are kept, everything is compared anew and shown first as at a first sync (D9); orders of the time between are older
-- than the connection and never count (D5), those of before its end are its own. What the source had blocked is blocked still.
update connections
set
    state = case when blocked_at is null then 'connected' else 'blocked' end,
    settings_at = now(),
    accepted_at = now(),
    compared_at = null,
    first_sync_over_at = null
where account_id = :account_id::integer and connection_id = :connection_id::integer and state = 'disconnected' and ending is null
returning state
