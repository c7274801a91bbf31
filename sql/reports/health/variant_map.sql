-- Pairs that a person may want to map, as a file to be looked through and loaded.
select
    'MERGE' as command,
    s.domain as source_store,
    f.other_sku as source_sku,
    d.domain as dest_store,
    f.sku as dest_sku,
    'mapping' as match_by,
    1 as qty_factor,
    f.rule as note
from sku_findings as f
join stores as d on d.account_id = f.account_id and d.store_id = f.store_id
join stores as s on s.account_id = f.account_id and s.store_id = f.other_store_id
where f.account_id = :account_id::integer
    and f.connection_id = :connection_id::integer
    and f.fix_file = 'variant_map.csv'
    and f.sku is not null
    and f.other_sku is not null
    and f.ignored_until is null
    and (:side::text is distinct from 'source' or f.seen_by_source)
order by f.other_sku, f.sku, f.finding_id
