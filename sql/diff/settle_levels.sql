insert into baseline.levels (
    account_id, connection_id, inventory_item_id, location_id, wrote_available, saw_available, inputs, wrote_at
)
select
    :account_id::integer, :connection_id::integer, inventory_item_id, location_id, desired_available, actual_available,
    inputs, read_at
from level_rows
where desired_available is not distinct from actual_available and waits is null
on conflict (account_id, connection_id, inventory_item_id, location_id) do update set
    wrote_available = excluded.wrote_available,
    saw_available = excluded.saw_available,
    inputs = excluded.inputs,
    wrote_at = excluded.wrote_at,
    doubt_at = baseline.levels.next_doubt_at,
    doubt_units = baseline.levels.next_doubt_units,
    unsettled = '{}',
    settled_at = now();
