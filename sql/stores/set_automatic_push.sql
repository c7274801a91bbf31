update stores
set automatic_push = :automatic::boolean
where account_id = :account_id::integer and store_id = :store_id::integer
