-- Levels that were read by id. An older reading gives way; what is not stocked there is not there.
with

came as (
    select *
    from jsonb_to_recordset(:levels::jsonb) as g (
        inventory_item_id bigint, location_id bigint, available integer, on_hand integer, available_at timestamptz,
        read_at timestamptz
    )
),

gone as (
    delete from staging.levels as kept
    using came
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.inventory_item_id = came.inventory_item_id
        and kept.location_id = came.location_id
        and kept.read_at <= came.read_at
        and came.available is null
    returning kept.inventory_item_id
),

-- what is gone has no row left to carry changed_at: its variant shows it
unstocked as (
    update staging.variants as stocked
    set changed_at = clock_timestamp()
    where stocked.account_id = :account_id::integer
        and stocked.store_id = :store_id::integer
        and stocked.inventory_item_id in (select inventory_item_id from gone)
)

insert into staging.levels (
    account_id, store_id, inventory_item_id, location_id, available, on_hand, available_at, read_at, changed_at
)
select
    :account_id::integer,
    :store_id::integer,
    inventory_item_id,
    location_id,
    available,
    on_hand,
    available_at,
    read_at,
    clock_timestamp()
from came
where available is not null
on conflict (account_id, store_id, inventory_item_id, location_id) do update set
    available = excluded.available,
    on_hand = excluded.on_hand,
    available_at = excluded.available_at,
    read_at = excluded.read_at,
    changed_at = case
        when staging.levels.available is distinct from excluded.available then excluded.changed_at
        else staging.levels.changed_at
    end
where staging.levels.read_at <= excluded.read_at
