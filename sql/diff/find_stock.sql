-- Linked variants whose stock needs a look (rules 30, 31).
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
with

pairs as (
    select
        l.source_product_id,
        l.source_variant_id,
        l.destination_variant_id,
        s.sku,
        s.tracked as tracked_at_source,
        d.tracked as tracked_at_destination,
        d.inventory_policy,
        d.inventory_item_id
    from variant_links as l
    join staging.variants as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.variant_id = l.destination_variant_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and (s.tracked is distinct from d.tracked or d.inventory_policy = 'CONTINUE')
)

select
    'untracked', 'variant', source_variant_id, destination_variant_id, source_product_id, sku,
    format(
        'stock is not tracked at the %s: no quantity is written',
        case when tracked_at_source then 'destination' else 'source' end
    )
from pairs
where tracked_at_source is distinct from tracked_at_destination
union all
select
    'oversell_risk', 'variant', p.source_variant_id, p.destination_variant_id, p.source_product_id, p.sku,
    format('sells on at %s: it continues selling when out of stock', min(a.available))
from pairs as p
join staging.levels as a
    on a.account_id = :account_id::integer
    and a.store_id = :destination::integer
    and a.inventory_item_id = p.inventory_item_id
where p.inventory_policy = 'CONTINUE' and p.tracked_at_destination
group by p.source_variant_id, p.destination_variant_id, p.source_product_id, p.sku
having min(a.available) <= 0;
