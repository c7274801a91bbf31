-- Linked variants whose source variant is gone while its product lives (rule 46); only those of ours may ever go.
create temp table extra_variants on commit drop as
with

gone as (
    select l.source_product_id, l.source_variant_id, l.destination_product_id, l.destination_variant_id, l.created_by_us, d.sku
    from variant_links as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    join staging.variants as d
        on d.account_id = l.account_id
        and d.store_id = l.destination_store_id
        and d.variant_id = l.destination_variant_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and not exists (
            select from staging.variants as s
            where s.account_id = l.account_id and s.store_id = :source::integer and s.variant_id = l.source_variant_id
        )
)

select
    g.*,
    (
        select count(*)
        from staging.variants as d
        where d.account_id = :account_id::integer
            and d.store_id = :destination::integer
            and d.product_id = g.destination_product_id
    ) <= count(*) over (partition by g.destination_product_id) as last_one
from gone as g;
