insert into sku_findings as f (
    account_id, connection_id, rule, severity, store_id, product_id, variant_id, location_id, sku, other_store_id,
    other_variant_id, other_sku, suggestion, new_sku, fix_file, seen_by_source
)
select distinct on (rule, store_id, product_id, variant_id, location_id, other_variant_id)
    :account_id::integer, :connection_id::integer, rule, severity, store_id, product_id, variant_id, location_id, sku, other_store_id,
    other_variant_id, other_sku, suggestion, new_sku, fix_file, seen_by_source
from health_found
on conflict (account_id, connection_id, rule, store_id, product_id, variant_id, location_id, other_variant_id) do update set
    severity = excluded.severity,
    sku = excluded.sku,
    other_store_id = excluded.other_store_id,
    other_sku = excluded.other_sku,
    suggestion = excluded.suggestion,
    new_sku = excluded.new_sku,
    fix_file = excluded.fix_file,
    seen_by_source = excluded.seen_by_source,
    ignored_until = case when f.ignored_until > now() then f.ignored_until end,
    last_seen = now()
