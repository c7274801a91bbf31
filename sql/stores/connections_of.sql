select
    account_id,
    connection_id,
    source_store_id,
    destination_store_id,
    rank,
    join_key,
    settings,
    settings_at,
    state,
    accepted_at,
    first_sync_over_at,
    compared_at,
    movements_at,
    mirrored_at,
    ending,
    ending_items,
    ending_by,
    created_at
from connections
where account_id = :account_id
    and (:connection_id::integer is null or connection_id = :connection_id)
order by rank desc, connection_id
