-- Variants that only one of the stores has. What has its like at the other end and is not linked yet is none.
insert into health_found (rule, severity, store_id, product_id, variant_id, sku, suggestion, seen_by_source)
with

near_ones as (
    select store_id, variant_id from health_found where fix_file <> 'none' or other_variant_id > 0
    union
    select other_store_id, other_variant_id from health_found where other_variant_id > 0
),

free as (
    select v.*
    from health_variants as v
    where not v.is_linked and not v.is_blank and v.carriers = 1
)

select
    case when f.is_source then 'orphan_source' else 'orphan_dest' end,
    case when f.is_source then 'warning' else 'info' end,
    f.store_id,
    f.product_id,
    f.variant_id,
    f.sku,
    case
        when f.is_source then 'The destination has no such item: a change set creates it, or map it to what it is called there.'
        else 'The source has no such item: nothing to do if it is the destination''s own.'
    end,
    f.is_source
from free as f
where not exists (select from health_variants as o where o.is_source <> f.is_source and o.sku = f.sku)
    and not exists (select from near_ones as n where n.store_id = f.store_id and n.variant_id = f.variant_id)
