-- Linked products whose prices wait for an exchange rate: what was last settled stands, nothing is copied one to one (rule 39).
insert into found (code, entity, item_id, source_product_id, label, detail)
with

waiting as (
    select l.source_product_id, s.sku
    from variant_links as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    join staging.variants as s
        on s.account_id = l.account_id and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    left join price_rule_of as product_rule
        on product_rule.account_id = l.account_id
        and product_rule.connection_id = l.connection_id
        and product_rule.product_id = l.source_product_id
    left join lateral (
        select r.price_rule_id
        from price_rule_signatures as r
        where r.account_id = l.account_id
            and r.connection_id = l.connection_id
            and r.scope = 'sku'
            and r.scope_value = s.sku
        order by r.priority desc, r.price_rule_id
        limit 1
    ) as sku_rule on true
    left join price_rule_signatures as rule
        on rule.account_id = l.account_id
        and rule.connection_id = l.connection_id
        and rule.price_rule_id = coalesce(sku_rule.price_rule_id, product_rule.price_rule_id)
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and :rate::numeric is null
        and rule.rate is null
        and (l.created_by_us or coalesce(l.existing_items, :existing_items::text) <> 'stock_only')
        and not exists (select from unfit_source as u where u.variant_id = l.source_variant_id)
        and not exists (select from unfit_destination as u where u.variant_id = l.destination_variant_id)
),

-- a price that no rule would write waits for nothing
governed as (
    select distinct w.source_product_id
    from waiting as w
    join source_facts as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.product_id = w.source_product_id
    cross join lateral unnest(array['price', 'compare_at_price']) as priced (field)
    left join lateral (
        select r.mode
        from lock_rules as r
        where r.account_id = :account_id::integer
            and r.connection_id = :connection_id::integer
            and r.field = priced.field
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, w.sku)
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ) as rule on true
    where coalesce(rule.mode, 'follow') in ('follow', 'enforced')
)

select
    'fx_missing',
    'product',
    g.source_product_id,
    g.source_product_id,
    p.handle,
    'no exchange rate of the last 7 days: its prices stand; give one in the settings'
from governed as g
join staging.products as p
    on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = g.source_product_id;
