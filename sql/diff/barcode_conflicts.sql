-- One barcode under two SKUs, where neither item has a partner (rule 5). Where each store carries it once it may well be one
-- item: then a person decides before it is created a second time. A barcode that a store repeats says nothing of any of them.
create temp table barcode_conflicts on commit drop as
with

free_source as materialized (
    select v.variant_id, v.product_id, v.sku, v.barcode
    from staging.variants as v
    join offered as o on o.product_id = v.product_id and o.gate is null
    where :match_by::text = 'sku'
        and v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and (:products::bigint[] is null or v.product_id = any (:products::bigint[]))
        and v.sku is not null
        and v.barcode is not null
        and not exists (
            select from variant_links as l
            where l.account_id = v.account_id
                and l.connection_id = :connection_id::integer
                and l.source_variant_id = v.variant_id
        )
),

pairs as materialized (
    select
        s.variant_id as source_variant,
        s.product_id as source_product,
        s.sku,
        s.barcode,
        d.variant_id as destination_variant,
        d.sku as destination_sku
    from free_source as s
    join staging.variants as d
        on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.barcode = s.barcode and d.sku <> s.sku
    where not exists (
        select from variant_links as l
        where l.account_id = d.account_id and l.destination_store_id = d.store_id and l.destination_variant_id = d.variant_id
    )
),

repeated as (
    select v.barcode
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id in (:source::integer, :destination::integer)
        and v.barcode in (select barcode from pairs)
    group by v.store_id, v.barcode
    having count(*) > 1
)

select p.*, p.barcode not in (select barcode from repeated) as keeps_out
from pairs as p;
