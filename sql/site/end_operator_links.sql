update entry_links
set used_at = now()
where account_id = :account_id and store_id is null and used_at is null
