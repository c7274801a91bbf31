-- Several destination variants with one key: none of them is written, whichever it is (D11, rule 3).
create temp table unfit_destination on commit drop as
with

keyed as (
    select variant_id, product_id, case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer and store_id = :destination::integer
),

repeated as (
    select match_key, array_agg(variant_id order by variant_id) as variants
    from keyed
    where match_key !~ '^\s*$'
    group by match_key
    having count(*) > 1
)

select k.variant_id, k.product_id, k.match_key, r.variants
from keyed as k
join repeated as r on r.match_key = k.match_key
where :match_by::text in ('sku', 'barcode');
