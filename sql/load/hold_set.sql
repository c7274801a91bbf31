update change_sets
set
    state = 'held',
    hold_reason = :reason::text
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and state = 'approved'
