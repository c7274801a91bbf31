update join_keys
set ended_at = now()
where account_id = :account_id::integer
    and join_key_id = :join_key_id::integer
    and used_at is null
    and ended_at is null
