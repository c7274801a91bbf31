-- Pairs that only a person can join: nearly the same SKU (rule 4), the same barcode under different SKUs (rule 5).
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
with

free_source as materialized (
    select v.variant_id, v.product_id, v.sku
    from staging.variants as v
    join offered as o on o.product_id = v.product_id and o.gate is null
    where v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and (:products::bigint[] is null or v.product_id = any (:products::bigint[]))
        and v.sku is not null
        and not exists (
            select from variant_links as l
            where l.account_id = v.account_id
                and l.connection_id = :connection_id::integer
                and l.source_variant_id = v.variant_id
        )
),

free_destination as (
    select v.variant_id, v.sku
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id = :destination::integer
        and v.sku is not null
        and exists (select from free_source)
        and not exists (
            select from variant_links as l
            where l.account_id = v.account_id
                and l.destination_store_id = v.store_id
                and l.destination_variant_id = v.variant_id
        )
)

select
    'near_miss', 'variant', s.variant_id, d.variant_id, s.product_id, s.sku,
    format('the destination has %s: the same but for case, spaces or width; map it if it is the same item', to_json(d.sku))
from free_source as s
join free_destination as d on normal_sku(d.sku) = normal_sku(s.sku) and d.sku <> s.sku
union all
select
    'barcode_conflict', 'variant', c.source_variant, c.destination_variant, c.source_product, c.sku,
    format(
        'barcode %s is %s at the destination: not linked%s; map it if it is the same item', c.barcode,
        to_json(c.destination_sku), case when c.keeps_out then ', and not created: give one of them another barcode if not' end
    )
from barcode_conflicts as c;
