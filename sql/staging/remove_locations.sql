-- Locations are named whole in every reading.
delete from staging.locations as kept
where kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.read_at <= :read_at::timestamptz
    and not exists (select from incoming_locations as came where came.location_id = kept.location_id)
