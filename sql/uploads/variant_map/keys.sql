-- Match keys that several variants of a store carry: whatever carries one sits out (rules 2, 3).
create temp table map_repeated on commit drop as
with

asked as (
    select case :match_by::text when 'barcode' then s_barcode else s_sku end as match_key from map_pairs
    union
    select case :match_by::text when 'barcode' then d_barcode else d_sku end from map_pairs
),

carriers as (
    select
        v.store_id,
        v.variant_id,
        v.product_id,
        case :match_by::text when 'barcode' then v.barcode else v.sku end as match_key
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id in (:source::integer, :destination::integer)
        and :match_by::text in ('sku', 'barcode')
        and case :match_by::text when 'barcode' then v.barcode else v.sku end in (select match_key from asked)
)

select
    store_id,
    match_key,
    count(*) as number,
    -- what the connection is not offered is counted and not named
    array_to_string(
        (
            array_agg(variant_id order by variant_id)
                filter (where store_id = :destination::integer or product_id in (select product_id from map_offered))
        )[1:5],
        ', '
    ) as ids
from carriers
group by store_id, match_key
having count(*) > 1;
