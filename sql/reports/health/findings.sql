-- What SKU health found, the worst first, what a person ignores last; of what the side may see (rule 91): a source nothing
-- that a destination has of its own, a destination no stock of the source.
select
    f.severity,
    f.rule,
    s.domain as store,
    f.product_id,
    nullif(f.variant_id, 0) as variant_id,
    p.handle,
    p.title,
    nullif(concat_ws(' / ', v.option1, v.option2, v.option3), '') as variant_title,
    f.sku as sku_raw,
    visible_sku(f.sku) as sku_visible,
    v.barcode,
    case when not (:side::text is not distinct from 'destination' and f.store_id = c.source_store_id) then q.available end as qty,
    l.name as location,
    o.domain as other_store,
    f.other_sku,
    nullif(f.other_variant_id, 0) as other_variant_id,
    case
        when not (:side::text is not distinct from 'destination' and f.other_store_id = c.source_store_id) then n.available
    end as other_qty,
    f.suggestion,
    f.fix_file,
    iso_time(f.first_seen, :zone::text) as first_seen,
    iso_time(f.last_seen, :zone::text) as last_seen,
    iso_time(f.ignored_until, :zone::text) as ignored_until,
    f.finding_id
from sku_findings as f
join connections as c on c.account_id = f.account_id and c.connection_id = f.connection_id
join stores as s on s.account_id = f.account_id and s.store_id = f.store_id
left join stores as o on o.account_id = f.account_id and o.store_id = f.other_store_id
left join staging.products as p
    on p.account_id = f.account_id and p.store_id = f.store_id and p.product_id = f.product_id
left join staging.variants as v
    on v.account_id = f.account_id and v.store_id = f.store_id and v.variant_id = f.variant_id
left join staging.variants as w
    on w.account_id = f.account_id and w.store_id = f.other_store_id and w.variant_id = f.other_variant_id
left join staging.locations as l
    on l.account_id = f.account_id and l.store_id = f.store_id and l.location_id = f.location_id
left join lateral (
    select sum(a.available) as available
    from staging.levels as a
    where a.account_id = f.account_id
        and a.store_id = f.store_id
        and a.inventory_item_id = v.inventory_item_id
        and f.location_id in (0, a.location_id)
) as q on true
left join lateral (
    select sum(a.available) as available
    from staging.levels as a
    where a.account_id = f.account_id
        and a.store_id = f.other_store_id
        and a.inventory_item_id = w.inventory_item_id
) as n on true
where f.account_id = :account_id::integer
    and f.connection_id = :connection_id::integer
    and (:side::text is distinct from 'source' or f.seen_by_source)
    and (
        :side::text is distinct from 'destination'
        or f.store_id <> c.source_store_id
        or f.rule <> 'negative_stock'
    )
order by
    f.ignored_until is not null,
    array_position(array['critical', 'warning', 'info'], f.severity), f.rule, f.sku, f.finding_id
