-- SKUs that a person may want to change, as a file to be looked through and loaded. Each variant once, and no SKU twice.
select store, variant_id, old_sku, new_sku, reason
from (
    select
        s.domain as store,
        f.variant_id,
        f.sku as old_sku,
        f.new_sku,
        f.rule as reason,
        f.finding_id,
        row_number() over (partition by f.store_id, f.variant_id order by f.finding_id) as place,
        count(*) over (partition by f.store_id, f.new_sku) as wanted
    from sku_findings as f
    join stores as s on s.account_id = f.account_id and s.store_id = f.store_id
    where f.account_id = :account_id::integer
        and f.connection_id = :connection_id::integer
        and f.fix_file = 'sku_fix.csv'
        and f.new_sku is not null
        and f.ignored_until is null
        and (:side::text is distinct from 'source' or f.seen_by_source)
) as fixes
where place = 1 and wanted = 1
order by old_sku, variant_id
