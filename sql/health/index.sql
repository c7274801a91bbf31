create index health_by_sku on health_variants (sku);
create index health_by_variant on health_variants (store_id, variant_id);
analyze health_variants
