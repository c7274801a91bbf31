delete from calls
where account_id = :account_id::integer
    and call_id = any (:call_ids::bigint[])
    and state = 'planned'
