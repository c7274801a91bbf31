-- SKUs that are missing or repeated (rules 1 to 3). What the source may see of a destination is what is linked (rule 91).
insert into health_found (rule, severity, store_id, product_id, variant_id, sku, suggestion, seen_by_source)
select
    'blank_sku',
    case when v.is_source then 'critical' else 'warning' end,
    v.store_id,
    v.product_id,
    v.variant_id,
    v.sku,
    'Give it a SKU of its own.',
    v.is_source or v.is_linked
from health_variants as v
where v.is_blank
union all
select
    'duplicate_sku',
    case when v.is_source or exists (select from health_variants as s where s.is_source and s.sku = v.sku) then 'critical' else 'warning' end,
    v.store_id,
    v.product_id,
    v.variant_id,
    v.sku,
    format('%s variants of this store carry it: leave it to one of them and give the others SKUs of their own.', v.carriers),
    v.is_source or v.is_linked
from health_variants as v
where v.carriers > 1
