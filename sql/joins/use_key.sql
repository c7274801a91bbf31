update join_keys
set
    used_at = now(),
    used_by_store_id = :used_by_store_id::integer
where account_id = :account_id::integer and join_key_id = :join_key_id::integer and used_at is null and ended_at is null
