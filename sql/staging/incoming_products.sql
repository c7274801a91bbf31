create temp table incoming_products as
select
    [[ facts: # ]],
    [[ read: # ]]
from staging.products
with no data
