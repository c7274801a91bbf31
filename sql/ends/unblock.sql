-- Everything is compared anew.
update connections
set
    state = 'connected',
    blocked_at = null,
    settings_at = now()
where account_id = :account_id::integer and connection_id = :connection_id::integer and state = 'blocked' and ending is null
