-- Products of which some variants are linked, and others are not, in one text.
select coalesce(array_agg(distinct v.product_id), '{}')::text as products
from connections as c
join staging.variants as v on v.account_id = c.account_id and v.store_id = c.source_store_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and v.product_id in (
        select l.source_product_id
        from variant_links as l
        where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
    )
    and v.variant_id not in (
        select l.source_variant_id
        from variant_links as l
        where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
    )
