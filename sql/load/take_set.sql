-- A set that was superseded meanwhile is not taken (rule 88). A held one is taken for its approved lines, and is held again
-- when they are written.
update change_sets
set state = 'loading'
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and state in ('approved', 'held', 'loading')
returning change_set_id
