-- Source variants whose partner is linked by another connection (D7), or whose mapping names no variant that could be linked.
create temp table taken on commit drop as
select
    s.variant_id as source_variant,
    s.product_id as source_product,
    s.sku,
    d.variant_id as destination_variant,
    l.connection_id as by_connection
from staging.variants as s
join offered as o on o.product_id = s.product_id and o.gate is null
join staging.variants as d
    on d.account_id = s.account_id
    and d.store_id = :destination::integer
    and case :match_by::text when 'barcode' then d.barcode = s.barcode else d.sku = s.sku end
join variant_links as l
    on l.account_id = d.account_id
    and l.destination_store_id = d.store_id
    and l.destination_variant_id = d.variant_id
    and l.connection_id <> :connection_id::integer
where s.account_id = :account_id::integer
    and s.store_id = :source::integer
    and (:products::bigint[] is null or s.product_id = any (:products::bigint[]))
    and :match_by::text in ('sku', 'barcode')
    and not exists (
        select from variant_links as own
        where own.account_id = s.account_id
            and own.connection_id = :connection_id::integer
            and own.source_variant_id = s.variant_id
    )
union all
select s.variant_id, s.product_id, s.sku, 0, null
from mappings as m
join staging.variants as s
    on s.account_id = m.account_id and s.store_id = :source::integer and s.sku = m.source_sku
join offered as o on o.product_id = s.product_id and o.gate is null
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and not exists (
        select from variant_links as own
        where own.account_id = m.account_id
            and own.connection_id = :connection_id::integer
            and own.source_variant_id = s.variant_id
    );
