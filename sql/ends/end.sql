-- The end itself. Movements that are open stay so: what was sold is sold, and a person may release them (rule 21b), and
-- orders made until then are the connection's own, however often it is reconnected.
update connections
set
    state = ending,
    blocked_at = case ending when 'blocked' then now() else blocked_at end,
    stood = case ending
        when 'disconnected'
            then stood + tstzmultirange(tstzrange(date_trunc('second', coalesce(accepted_at, created_at)), now()))
        else stood
    end,
    disconnected_at = case ending when 'disconnected' then now() else disconnected_at end,
    ending = null,
    ending_items = null,
    ending_by = null
where account_id = :account_id::integer and connection_id = :connection_id::integer and ending is not null
