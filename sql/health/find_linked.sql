-- Linked variants that need a look: renamed, tracked at one end, selling on (rules 6, 30, 31).
insert into health_found (
    rule, severity, store_id, product_id, variant_id, sku, other_store_id, other_variant_id, other_sku, suggestion, new_sku,
    fix_file, seen_by_source
)
with

pairs as materialized (
    select
        l.destination_store_id as store_id,
        l.destination_product_id as product_id,
        l.destination_variant_id as variant_id,
        d.sku,
        s.store_id as other_store_id,
        l.source_variant_id as other_variant_id,
        s.sku as other_sku,
        l.matched_by,
        l.factor,
        s.tracked as tracked_there,
        d.tracked,
        d.inventory_policy,
        d.inventory_item_id
    from connections as c
    join variant_links as l on l.account_id = c.account_id and l.connection_id = c.connection_id
    join staging.variants as s
        on s.account_id = c.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = c.account_id
        and d.store_id = c.destination_store_id
        and d.variant_id = l.destination_variant_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (s.sku is distinct from d.sku or s.tracked is distinct from d.tracked or d.inventory_policy = 'CONTINUE')
),

lowest as (
    select p.variant_id, min(a.available) as available
    from pairs as p
    join staging.levels as a
        on a.account_id = :account_id::integer
        and a.store_id = p.store_id
        and a.inventory_item_id = p.inventory_item_id
    where p.inventory_policy = 'CONTINUE' and p.tracked
    group by p.variant_id
)

select
    'renamed_sku', 'warning', p.store_id, p.product_id, p.variant_id, p.sku, p.other_store_id, p.other_variant_id, p.other_sku,
    format('The source calls it %s now: they stay linked. Give it the same SKU if the name is to agree.', to_json(p.other_sku)),
    nullif(p.other_sku, ''), case when p.other_sku ~ '\S' then 'sku_fix.csv' else 'none' end, true
from pairs as p
where p.sku is distinct from p.other_sku and p.matched_by <> 'mapping' and p.factor = 1
union all
select
    'untracked_one_side', 'warning', p.store_id, p.product_id, p.variant_id, p.sku, p.other_store_id, p.other_variant_id, p.other_sku,
    'Switch on "Track quantity" at both stores: until then no quantity is written.', null, 'none', true
from pairs as p
where p.tracked_there is distinct from p.tracked
union all
select
    'oversell_policy', 'warning', p.store_id, p.product_id, p.variant_id, p.sku, p.other_store_id, p.other_variant_id, p.other_sku,
    'It is out of stock and goes on selling: switch "Continue selling when out of stock" off if that is not meant.', null,
    'none', true
from pairs as p
join lowest as a on a.variant_id = p.variant_id
where a.available <= 0
