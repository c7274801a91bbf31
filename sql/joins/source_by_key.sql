-- Whose key it is, while it may be used by this destination. It is taken: of two that come with it at once one waits for the
-- other, and finds it used.
select
    s.store_id,
    s.domain,
    k.join_key_id,
    k.location_id
from join_keys as k
join stores as s on s.account_id = k.account_id and s.store_id = k.store_id
where k.account_id = :account_id::integer
    and k.sha256 = :sha256
    and s.role = 'source'
    and k.used_at is null
    and k.ended_at is null
    and k.expires_at > now()
    and (k.domain is null or k.domain = :domain::text)
for no key update of k
