-- without position: the merge numbers each product's lines
create temp table incoming_images as
select
    [[ facts: # ]],
    [[ read: # ]],
    null::bigint as line
from staging.images
with no data
