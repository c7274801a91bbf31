update stores
set credentials = :credentials
where account_id = :account_id and store_id = :store_id
