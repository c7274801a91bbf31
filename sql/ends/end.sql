-- The end itself. Movements that are open stay so: what was sold is sold, and a person may release them (rule 21b).
update connections
set
    state = ending,
    blocked_at = case ending when 'blocked' then now() else blocked_at end,
    disconnected_at = case ending when 'disconnected' then now() else disconnected_at end,
    ending = null,
    ending_items = null,
    ending_by = null
where account_id = :account_id::integer and connection_id = :connection_id::integer and ending is not null
