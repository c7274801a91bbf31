-- Products of ours at 0.00 whose source has a price, or whose price is never ours to write: made so for that reason (rule 14).
create temp table needing_price on commit drop as
select distinct l.source_product_id, l.destination_product_id, p.handle as label
from variant_links as l
join staging.variants as d
    on d.account_id = l.account_id and d.store_id = l.destination_store_id and d.variant_id = l.destination_variant_id
join staging.variants as s
    on s.account_id = l.account_id and s.store_id = :source::integer and s.variant_id = l.source_variant_id
join staging.products as p
    on p.account_id = l.account_id and p.store_id = :source::integer and p.product_id = l.source_product_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and l.created_by_us
    and d.price = 0
    and (s.price > 0 or 'never' = (
        select r.mode
        from lock_rules as r
        join source_facts as f
            on f.account_id = r.account_id and f.store_id = :source::integer and f.product_id = l.source_product_id
        where r.account_id = l.account_id
            and r.connection_id = l.connection_id
            and r.field = 'price'
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, s.sku)
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ));
