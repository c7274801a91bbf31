update stores
set scopes = :scopes::text[]
where account_id = :account_id and store_id = :store_id
