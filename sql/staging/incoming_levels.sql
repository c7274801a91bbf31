create temp table incoming_levels as
select
    [[ facts: # ]],
    [[ read: # ]]
from staging.levels
with no data
