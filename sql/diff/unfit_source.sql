-- Keys before values: source variants that sit this comparison out (rules 1, 2).
create temp table unfit_source on commit drop as
with

asked as (
    select distinct case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer and product_id = any (:products::bigint[])
),

repeated as (
    select v.match_key
    from (
        select case :match_by::text when 'barcode' then barcode else sku end as match_key
        from staging.variants
        where account_id = :account_id::integer and store_id = :source::integer and :products::bigint[] is null
        union all
        -- as a list, so that each is looked up
        select case :match_by::text when 'barcode' then barcode else sku end
        from staging.variants
        where account_id = :account_id::integer
            and store_id = :source::integer
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
        and store_id = :source::integer
        and case :match_by::text when 'barcode' then barcode else sku end = any (array(select match_key from repeated))
),

listed as (
    select match_key, count(*) as number, string_agg(variant_id::text, ', ' order by variant_id) as variants
    from carriers
    group by match_key
)

select
    variant_id,
    product_id,
    case :match_by::text when 'barcode' then barcode else sku end as match_key,
    'missing_' || :match_by::text as code,
    'no ' || :match_by::text || ': give it one at the source' as detail
from staging.variants
where account_id = :account_id::integer
    and store_id = :source::integer
    and :match_by::text in ('sku', 'barcode')
    and (:products::bigint[] is null or product_id = any (:products::bigint[]))
    and coalesce(case :match_by::text when 'barcode' then barcode else sku end, '') ~ '^\s*$'
union all
select
    c.variant_id,
    c.product_id,
    c.match_key,
    'duplicate_at_source' as code,
    format('%s variants of the source carry it: %s', l.number, l.variants) as detail
from carriers as c
join listed as l on l.match_key = c.match_key;
