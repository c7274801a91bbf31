delete from entry_links
where account_id = :account_id::integer and store_id = :store_id::integer
