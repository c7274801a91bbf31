update stores
set
    shop_id = :shop_id::bigint,
    name = :name,
    currency = :currency,
    zone = :zone,
    contact_email = :contact_email,
    scopes = :scopes::text[],
    publication_id = :publication_id::bigint,
    state = 'ready',
    state_reason = null
where account_id = :account_id and store_id = :store_id
