-- Levels to be written of which the index shows what was there before they were last settled.
select inventory_item_id, location_id
from level_rows
where known
    and desired_available is distinct from actual_available
    and actual_available is distinct from saw_available
    and moved_at < wrote_at
