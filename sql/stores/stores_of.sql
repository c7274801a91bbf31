select
    account_id,
    store_id,
    domain,
    role,
    origin,
    api_version,
    credentials,
    state,
    state_reason,
    shop_id,
    name,
    currency,
    zone,
    contact_email,
    automatic_push,
    scopes,
    publication_id,
    join_code,
    created_at
from stores
where account_id = :account_id
    and (:store_id::integer is null or store_id = :store_id)
    and (:domain::text is null or domain = :domain)
order by role = 'source' desc, store_id
