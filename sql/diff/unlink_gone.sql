-- A link ends when the destination no longer has its variant: what is missing there may be created again (D17).
with

gone as (
    delete from variant_links as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and not exists (
            select from staging.variants as d
            where d.account_id = l.account_id
                and d.store_id = l.destination_store_id
                and d.variant_id = l.destination_variant_id
        )
    returning l.destination_variant_id
)

delete from baseline.variants as b
using gone as g
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.destination_variant_id = g.destination_variant_id;
