-- Which mode governs each field, for one item or (without one) wherever no narrower rule says otherwise, and which rule
-- decides (D2).
select
    f.field,
    coalesce(rule.mode, default_mode(f.field, :quantity_mode::text, :new_products::text)) as mode,
    rule.lock_rule_id,
    rule.scope,
    rule.scope_value
from unnest(:fields::text[]) as f (field)
left join staging.variants as v
    on v.account_id = :account_id::integer and v.store_id = :source::integer and v.variant_id = :variant_id::bigint
left join source_facts as s on s.account_id = v.account_id and s.store_id = v.store_id and s.product_id = v.product_id
left join lateral (
    select r.mode, r.lock_rule_id, r.scope, r.scope_value
    from lock_rules as r
    where r.account_id = :account_id::integer
        and r.connection_id = :connection_id::integer
        and r.field = f.field
        and rule_matches(r.scope, r.scope_value, s.vendor, s.product_type, s.tags, s.collections, v.sku)
    order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
    limit 1
) as rule on true
