update notices
set ended_at = now()
where account_id = :account_id
    and code = :code
    and store_id is not distinct from :store_id::integer
    and connection_id is not distinct from :connection_id::integer
    and ended_at is null
