insert into baseline.levels (
    account_id, connection_id, inventory_item_id, location_id, wrote_available, saw_available, inputs
)
select
    :account_id::integer, :connection_id::integer, inventory_item_id, location_id, desired_available, actual_available, inputs
from level_rows
where desired_available is not distinct from actual_available
on conflict (account_id, connection_id, inventory_item_id, location_id) do update set
    wrote_available = excluded.wrote_available,
    saw_available = excluded.saw_available,
    inputs = excluded.inputs,
    unsettled = '{}',
    settled_at = now();
