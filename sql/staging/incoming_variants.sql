-- without image_id: the merge joins it from incoming_variant_images
create temp table incoming_variants as
select
    [[ facts: # ]],
    [[ read: # ]]
from staging.variants
with no data
