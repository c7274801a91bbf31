insert into entry_links (account_id, store_id, made_by, sha256, expires_at)
values (:account_id, :store_id, :made_by, :sha256, now() + make_interval(hours => :hours))
