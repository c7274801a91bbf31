-- Stock of offered or linked items that is below zero, or went to zero at once though no sale that is known explains it.
insert into health_found (
    rule, severity, store_id, product_id, variant_id, location_id, sku, suggestion, seen_by_source
)
with

negative as (
    select a.store_id, v.product_id, v.variant_id, a.location_id, v.sku, c.source_store_id = a.store_id as is_source
    from connections as c
    join staging.levels as a
        on a.account_id = c.account_id and a.store_id in (c.source_store_id, c.destination_store_id) and a.available < 0
    join staging.variants as v
        on v.account_id = a.account_id and v.store_id = a.store_id and v.inventory_item_id = a.inventory_item_id
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

-- a line that lowered a figure to zero within the last two days, of an item that is still there
zeroed as (
    select distinct on (l.item_id, l.location_id)
        c.destination_store_id as store_id,
        v.product_id,
        v.variant_id,
        l.location_id,
        v.sku,
        (l.before #>> '{}')::integer as fell_from
    from connections as c
    join changes as l on l.account_id = c.account_id and l.connection_id = c.connection_id
    join staging.variants as v
        on v.account_id = c.account_id and v.store_id = c.destination_store_id and v.inventory_item_id = l.item_id
    join staging.levels as a
        on a.account_id = c.account_id
        and a.store_id = c.destination_store_id
        and a.inventory_item_id = l.item_id
        and a.location_id = l.location_id
        and a.available <= 0
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and l.applied_at > now() - interval '2 days'
        and l.entity = 'level'
        and l.field = 'available'
        and l.status = 'applied'
        and not l.from_sales
        and l.origin not in ('person', 'rollback')
        and (l.before #>> '{}')::integer >= 5
        and (l.after #>> '{}')::integer <= 0
    order by l.item_id, l.location_id, l.change_id desc, v.variant_id
)

select
    'negative_stock', 'warning', n.store_id, n.product_id, n.variant_id, n.location_id, n.sku,
    'More was sold than counted: count it and correct the figure.',
    n.is_source or exists (
        select from health_variants as v where v.store_id = n.store_id and v.variant_id = n.variant_id and v.is_linked
    )
from negative as n
where exists (select from health_variants as v where v.store_id = n.store_id and v.variant_id = n.variant_id)
union all
select
    'suddenly_zero', 'warning', z.store_id, z.product_id, z.variant_id, z.location_id, z.sku,
    format('It fell from %s to 0 within two days, and no known sale explains it: look whether the source means it.', z.fell_from),
    true
from zeroed as z
