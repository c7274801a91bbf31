update change_sets
set state = 'superseded'
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and state in ('held', 'approved', 'loading')
    and kind = any (:kinds::text[]);
