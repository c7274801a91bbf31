-- Keys that keep a variant out (rules 1 to 3).
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
select u.code, 'variant', u.variant_id, 0, u.product_id, u.match_key, u.detail
from unfit_source as u
join offered as o on o.product_id = u.product_id and o.gate is null
union all
select
    'duplicate_at_destination', 'variant', s.variant_id, 0, s.product_id, u.match_key,
    format('%s variants of the destination carry it: %s', cardinality(u.variants), array_to_string(u.variants, ', '))
from (select distinct on (match_key) match_key, variants from unfit_destination order by match_key) as u
join staging.variants as s
    on s.account_id = :account_id::integer
    and s.store_id = :source::integer
    and case :match_by::text when 'barcode' then s.barcode else s.sku end = u.match_key
join offered as o on o.product_id = s.product_id and o.gate is null
-- one that is a duplicate at both ends is listed as the source's
where not exists (select from unfit_source as x where x.variant_id = s.variant_id);
