select
    store_id,
    domain,
    null::integer as join_key_id,
    null::bigint as location_id
from stores
where account_id = :account_id::integer and join_code = :code::text and role = 'source'
