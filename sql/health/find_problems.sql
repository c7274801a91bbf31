-- What the comparison found of keys that agree in one thing and not in another (rules 5, 13).
insert into health_found (
    rule, severity, store_id, product_id, variant_id, sku, other_store_id, other_variant_id, other_sku, suggestion, fix_file,
    seen_by_source
)
select
    'barcode_conflict', 'critical', d.store_id, d.product_id, d.variant_id, d.sku, s.store_id, s.variant_id, s.sku,
    'The two have one barcode and two SKUs: map them if they are one item, otherwise correct the barcode.', 'variant_map.csv', false
from problems as p
join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
join staging.variants as s
    on s.account_id = p.account_id and s.store_id = c.source_store_id and s.variant_id = p.item_id
join staging.variants as d
    on d.account_id = p.account_id and d.store_id = c.destination_store_id and d.variant_id = p.other_id
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.code = 'barcode_conflict'
union all
select
    'variant_count_differs', 'info', c.source_store_id, p.source_product_id, 0, null, c.destination_store_id, 0, null,
    p.detail, 'none', false
from problems as p
join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.code = 'variant_count_differs'
    and p.source_product_id is not null
