-- Several destination variants with one key: none of them is written, whichever it is (D11, rule 3).
create temp table unfit_destination on commit drop as
with

-- where the products in question may lead
partners as (
    select destination_product_id as product_id
    from variant_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and source_product_id = any (:products::bigint[])
    union
    select destination_product_id
    from product_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and source_product_id = any (:products::bigint[])
    union
    select d.product_id
    from unnest(:products::bigint[]) as source_product
    join staging.products as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.origin = :source_domain::text || '/' || source_product
),

asked as (
    select case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer and product_id = any (:products::bigint[])
    union
    select case :match_by::text when 'barcode' then d.barcode else d.sku end
    from partners as p
    join staging.variants as d
        on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.product_id = p.product_id
    union
    select case :match_by::text when 'barcode' then d.barcode else d.sku end
    from mappings as m
    join staging.variants as d
        on d.account_id = m.account_id and d.store_id = :destination::integer and d.sku = m.destination_sku
    where m.account_id = :account_id::integer and m.connection_id = :connection_id::integer
),

repeated as (
    select v.match_key
    from (
        select case :match_by::text when 'barcode' then barcode else sku end as match_key
        from staging.variants
        where account_id = :account_id::integer and store_id = :destination::integer and :products::bigint[] is null
        union all
        -- as a list, so that each is looked up
        select case :match_by::text when 'barcode' then barcode else sku end
        from staging.variants
        where account_id = :account_id::integer
            and store_id = :destination::integer
            and :products::bigint[] is not null
            and case :match_by::text when 'barcode' then barcode else sku end = any (array(select match_key from asked))
    ) as v
    where :match_by::text in ('sku', 'barcode')
    group by v.match_key
    having count(*) > 1 and v.match_key !~ '^\s*$'
),

-- few, whatever the planner expects
carriers as (
    select variant_id, product_id, case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer
        and store_id = :destination::integer
        and case :match_by::text when 'barcode' then barcode else sku end = any (array(select match_key from repeated))
),

listed as (
    select match_key, array_agg(variant_id order by variant_id) as variants
    from carriers
    group by match_key
)

select c.variant_id, c.product_id, c.match_key, l.variants
from carriers as c
join listed as l on l.match_key = c.match_key;
