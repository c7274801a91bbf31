-- Figures as they were just worked out: what is there, what should be, and why that has to wait.
select
    :account_id::integer as account_id,
    :connection_id::integer as connection_id,
    r.inventory_item_id as item_id,
    r.location_id,
    r.actual_available as actual,
    r.desired_available as desired,
    r.waits
from level_rows as r
