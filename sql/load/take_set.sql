-- A set that was superseded meanwhile is not taken (rule 88).
update change_sets
set state = 'loading'
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and state in ('approved', 'loading')
returning change_set_id
