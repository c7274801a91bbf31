delete from staging.collections as kept
where kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.read_at <= :read_at::timestamptz
    and not exists (select from incoming_collections as came where came.collection_id = kept.collection_id)
