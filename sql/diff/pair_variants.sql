-- Links for source variants that have none: by origin, by mapping, by key (D8); exact, one to one, and never a guess (D11, D13).
create temp table paired on commit drop as
with

free_source as (
    select v.variant_id, v.product_id, v.sku, v.barcode, v.option1, v.option2, v.option3
    from staging.variants as v
    join offered as o on o.product_id = v.product_id and o.gate is null
    where v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and (:products::bigint[] is null or v.product_id = any (:products::bigint[]))
        and not exists (select from unfit_source as u where u.variant_id = v.variant_id)
        and not exists (
            select from variant_links as l
            where l.account_id = v.account_id
                and l.connection_id = :connection_id::integer
                and l.source_variant_id = v.variant_id
        )
        -- what a person took apart is paired by a mapping alone
        and not exists (
            select from unlinked_variants as u
            where u.account_id = v.account_id
                and u.connection_id = :connection_id::integer
                and u.source_variant_id = v.variant_id
        )
),

-- looked up by what is asked for, where little is
free_destination as not materialized (
    select v.variant_id, v.product_id, v.sku, v.barcode, v.option1, v.option2, v.option3
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id = :destination::integer
        and not exists (select from unfit_destination as u where u.variant_id = v.variant_id)
        and not exists (
            select from variant_links as l
            where l.account_id = v.account_id
                and l.destination_store_id = v.store_id
                and l.destination_variant_id = v.variant_id
        )
),

-- a mapping may name a source variant that is linked already: one variant feeds a single and a six-pack
mappable as (
    select v.variant_id, v.product_id, v.sku
    from staging.variants as v
    join offered as o on o.product_id = v.product_id and o.gate is null
    where v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and not exists (select from unfit_source as u where u.variant_id = v.variant_id)
),

by_origin as (
    select s.variant_id as source_variant, s.product_id as source_product, d.variant_id, d.product_id, 'origin' as matched_by
    from free_source as s
    join product_links as l
        on l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.source_product_id = s.product_id
        and l.created_by_us
    join free_destination as d
        on d.product_id = l.destination_product_id
        and (d.option1, d.option2, d.option3) is not distinct from (s.option1, s.option2, s.option3)
),

by_mapping as (
    select s.variant_id as source_variant, s.product_id as source_product, d.variant_id, d.product_id, 'mapping' as matched_by
    from mappings as m
    join mappable as s on s.sku = m.source_sku
    join free_destination as d on d.sku = m.destination_sku
    where m.account_id = :account_id::integer and m.connection_id = :connection_id::integer
),

by_key as (
    select s.variant_id as source_variant, s.product_id as source_product, d.variant_id, d.product_id, 'sku' as matched_by
    from free_source as s
    join free_destination as d on d.sku = s.sku
    where :match_by::text = 'sku'
    union all
    select s.variant_id, s.product_id, d.variant_id, d.product_id, 'barcode'
    from free_source as s
    join free_destination as d on d.barcode = s.barcode
    where :match_by::text = 'barcode'
    union all
    select s.variant_id, s.product_id, d.variant_id, d.product_id, 'handle'
    from free_source as s
    join staging.products as ours
        on ours.account_id = :account_id::integer and ours.store_id = :source::integer and ours.product_id = s.product_id
    join staging.products as theirs
        on theirs.account_id = :account_id::integer
        and theirs.store_id = :destination::integer
        and theirs.handle = ours.handle
    join free_destination as d
        on d.product_id = theirs.product_id
        and (d.option1, d.option2, d.option3) is not distinct from (s.option1, s.option2, s.option3)
    where :match_by::text = 'handle'
),

candidates as (
    select *, 1 as strength from by_origin
    union all select *, 2 from by_mapping
    union all select *, 3 from by_key
)

select distinct on (variant_id)
    source_variant,
    source_product,
    variant_id,
    product_id,
    matched_by
from candidates as c
-- a variant that its own mapping sends elsewhere is not linked by key as well
where c.strength < 3 or not exists (
    select from candidates as m
    where m.strength = 2 and m.source_variant = c.source_variant
)
order by variant_id, strength, source_variant;
