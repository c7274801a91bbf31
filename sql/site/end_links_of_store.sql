update entry_links
set used_at = now()
where account_id = :account_id::integer and store_id = :store_id::integer and used_at is null
