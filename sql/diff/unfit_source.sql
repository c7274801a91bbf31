-- Keys before values: source variants that sit this comparison out (rules 1, 2).
create temp table unfit_source on commit drop as
with

keyed as (
    select
        variant_id,
        product_id,
        sku,
        case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer
),

repeated as (
    select match_key, array_agg(variant_id order by variant_id) as variants
    from keyed
    where match_key !~ '^\s*$'
    group by match_key
    having count(*) > 1
)

select
    k.variant_id,
    k.product_id,
    k.match_key,
    'missing_' || :match_by::text as code,
    'no ' || :match_by::text || ': give it one at the source' as detail
from keyed as k
where :match_by::text in ('sku', 'barcode') and (k.match_key is null or k.match_key ~ '^\s*$')
union all
select
    k.variant_id,
    k.product_id,
    k.match_key,
    'duplicate_at_source' as code,
    format('%s variants of the source carry it: %s', cardinality(r.variants), array_to_string(r.variants, ', ')) as detail
from keyed as k
join repeated as r on r.match_key = k.match_key
where :match_by::text in ('sku', 'barcode');
