-- The price rule that governs a source variant now (rule 37): of its SKU, else of its product.
select r.price_rule_id
from staging.variants as v
left join price_rule_of as o
    on o.account_id = v.account_id and o.connection_id = :connection_id::integer and o.product_id = v.product_id
left join lateral (
    select s.price_rule_id
    from price_rule_signatures as s
    where s.account_id = v.account_id
        and s.connection_id = :connection_id::integer
        and s.scope = 'sku'
        and s.scope_value = v.sku
    order by s.priority desc, s.price_rule_id
    limit 1
) as own on true
join price_rules as r
    on r.account_id = v.account_id
    and r.connection_id = :connection_id::integer
    and r.price_rule_id = coalesce(own.price_rule_id, o.price_rule_id)
where v.account_id = :account_id::integer and v.store_id = :source::integer and v.variant_id = :variant_id::bigint
