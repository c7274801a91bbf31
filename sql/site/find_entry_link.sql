select account_id, entry_link_id, store_id, made_by
from entry_links
where account_id = :account_id and sha256 = :sha256 and used_at is null and expires_at > now()
