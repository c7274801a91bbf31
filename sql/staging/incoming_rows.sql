create temp table [[ table: incoming_# ]] as
select
    [[ key: # ]],
    [[ fields: # ]]
from [[ table: staging.# ]]
with no data
