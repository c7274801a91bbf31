update stores
set join_code = :join_code::text
where account_id = :account_id::integer and store_id = :store_id::integer and role = 'source'
