-- An incremental reading names only the levels that moved: what it does not name stays.
delete from staging.levels as kept
where :whole::boolean
    and kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.read_at <= :read_at::timestamptz
    and not exists (
        select
        from incoming_levels as came
        where came.inventory_item_id = kept.inventory_item_id and came.location_id = kept.location_id
    )
