-- An incremental reading names only the levels that moved, also those that are not stocked any more and have no figure:
-- what it does not name stays.
with

gone as (
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
    returning inventory_item_id
),

unstocked as (
    delete from staging.levels as kept
    using incoming_levels as came
    where not :whole::boolean
        and kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.read_at <= :read_at::timestamptz
        and came.inventory_item_id = kept.inventory_item_id
        and came.location_id = kept.location_id
        and came.available is null
    returning kept.inventory_item_id
)

-- what is gone has no row left to carry changed_at: its variant shows it
update staging.variants as stocked
set changed_at = :merged_at::timestamptz
where stocked.account_id = :account_id::integer
    and stocked.store_id = :store_id::integer
    and stocked.inventory_item_id in (
        select inventory_item_id
        from gone
        union all
        select inventory_item_id
        from unstocked
    )
