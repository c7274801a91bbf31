-- Source products with a variant whose key two variants of one store carry.
with

repeated as (
    select case :match_by::text when 'barcode' then barcode else sku end as match_key
    from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer
    group by match_key
    having count(*) > 1
    union
    select case :match_by::text when 'barcode' then barcode else sku end
    from staging.variants
    where account_id = :account_id::integer and store_id = :destination::integer
    group by 1
    having count(*) > 1
),

-- as a list, not a join: there are few, whatever the planner expects
listed as (
    select array_agg(match_key) as keys from repeated where match_key is not null
)

select distinct s.product_id
from staging.variants as s
where s.account_id = :account_id::integer
    and s.store_id = :source::integer
    and :match_by::text in ('sku', 'barcode')
    and (select keys from listed) is not null
    and case :match_by::text when 'barcode' then s.barcode else s.sku end = any ((select keys from listed)::text[]);
