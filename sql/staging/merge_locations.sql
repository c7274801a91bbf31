merge into staging.locations as kept
using incoming_locations as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.location_id = came.location_id
when matched
    and kept.read_at <= :read_at::timestamptz
then update set
    name = came.name,
    active = came.active,
    read_at = :read_at::timestamptz,
    changed_at = case
        when kept.name <> came.name or kept.active <> came.active then :merged_at::timestamptz
        else kept.changed_at
    end
when not matched
then insert (
    account_id,
    store_id,
    location_id,
    name,
    active,
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    came.location_id,
    came.name,
    came.active,
    :read_at::timestamptz,
    :merged_at::timestamptz
)
