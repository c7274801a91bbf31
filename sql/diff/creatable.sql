-- Source variants that have no partner and may get one, with the payload of each (rules 14, 37 to 44, D12, D17).
create temp table creatable on commit drop as
with

fields as (
    select entity, name, lock
    from jsonb_to_recordset(:fields::jsonb) as f (entity text, name text, lock text)
),

-- only these can turn out as never, so only these are looked up by item
maybe_never as (
    select f.entity, f.name, f.lock
    from fields as f
    where f.name = 'cost'
        or exists (
            select from lock_rules as r
            where r.account_id = :account_id::integer
                and r.connection_id = :connection_id::integer
                and r.mode = 'never'
                and r.field = f.lock
        )
),

sku_rule as (
    select distinct on (scope_value) scope_value as sku, price_rule_id
    from price_rule_signatures
    where account_id = :account_id::integer and connection_id = :connection_id::integer and scope = 'sku'
    order by scope_value, priority desc, price_rule_id
),

free as materialized (
    select v.*
    from staging.variants as v
    join offered as o on o.product_id = v.product_id and o.gate is null
    where v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and (:products::bigint[] is null or v.product_id = any (:products::bigint[]))
        and not exists (
            select from variant_links as linked
            where linked.account_id = v.account_id
                and linked.connection_id = :connection_id::integer
                and linked.source_variant_id = v.variant_id
        )
        -- a person took it apart from what it was: nothing is made in its place
        and not exists (
            select from unlinked_variants as u
            where u.account_id = v.account_id
                and u.connection_id = :connection_id::integer
                and u.source_variant_id = v.variant_id
        )
),

missing as (
    select
        v.*,
        l.destination_product_id,
        l.existing,
        product_rule.price_rule_id as product_price_rule
    from free as v
    left join linked_products as l
        on l.account_id = v.account_id
        and l.connection_id = :connection_id::integer
        and l.source_product_id = v.product_id
    left join price_rule_of as product_rule
        on product_rule.account_id = v.account_id
        and product_rule.connection_id = :connection_id::integer
        and product_rule.product_id = v.product_id
    where not exists (select from unfit_source as u where u.variant_id = v.variant_id)
        and not exists (select from unfit_destination as u where u.match_key = case :match_by::text when 'barcode' then v.barcode else v.sku end)
        -- taken by another connection, or mapped to something that is not there
        and not exists (select from taken as t where t.source_variant = v.variant_id)
        -- perhaps there already, under another SKU
        and not exists (select from barcode_conflicts as c where c.source_variant = v.variant_id and c.keeps_out)
),

governed as (
    select
        m.*,
        array(
            select n.name
            from maybe_never as n
            left join lateral (
                select r.mode
                from lock_rules as r
                where r.account_id = :account_id::integer
                    and r.connection_id = :connection_id::integer
                    and r.field = n.lock
                    and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, m.sku)
                order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
                limit 1
            ) as rule on true
            where coalesce(rule.mode, case when n.name = 'cost' then 'never' else 'follow' end) = 'never'
        ) as never,
        rule.signature,
        coalesce(rule.rate, :rate::numeric) as used_rate,
        derived_price(
            base_price(rule.base, m.price, m.compare_at_price, m.cost), m.cost, coalesce(rule.rate, :rate::numeric),
            coalesce(rule.percent, 0), coalesce(rule.amount, 0), rule.ending, rule.min_price, rule.min_margin_pct,
            :digits::integer
        ) as derived,
        derived_price(
            m.compare_at_price, m.cost, coalesce(rule.rate, :rate::numeric), coalesce(rule.percent, 0),
            coalesce(rule.amount, 0), rule.ending, rule.min_price, rule.min_margin_pct, :digits::integer
        ) as derived_compare_at
    from missing as m
    join source_facts as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.product_id = m.product_id
    left join sku_rule on sku_rule.sku = m.sku
    left join price_rule_signatures as rule
        on rule.account_id = :account_id::integer
        and rule.connection_id = :connection_id::integer
        and rule.price_rule_id = coalesce(sku_rule.price_rule_id, m.product_price_rule)
)

select
    g.variant_id,
    g.product_id,
    g.position,
    g.sku,
    g.destination_product_id,
    g.existing,
    g.never,
    g.used_rate is null as rate_missing,
    g.derived is null as price_missing,
    'price' = any (g.never) as price_never,
    concat_ws(' ', g.signature, '@' || nullif(g.used_rate, 1)::text) as derivation,
    -- what was never derived must not be taken for derived later, when the rule lets the price go (rule 14)
    case
        when not 'price' = any (g.never)
            then concat_ws('/', g.price::text, coalesce(g.compare_at_price::text, '-'), coalesce(g.cost::text, '-'))
    end as base,
    concat_ws(' ', g.signature, '@' || g.used_rate::text, 'unit') as inputs,
    jsonb_build_object(
        'source_variant_id', g.variant_id, 'image', g.image_id,
        [[ copied: '#', as_json(g.#) ]],
        'sku', g.sku,
        'price', case when 'price' = any (g.never) then as_json(coalesce(neighbour.price, 0)) else as_json(g.derived) end,
        'compare_at_price', case when g.derived_compare_at > g.derived and not 'price' = any (g.never) then as_json(g.derived_compare_at) end,
        'cost', as_json(round(g.cost * g.used_rate, :digits::integer))
    ) - array_remove(g.never, 'price') as payload
from governed as g
-- a variant added where price is never takes the price of the product's first variant there (rule 44)
left join lateral (
    select d.price
    from staging.variants as d
    where d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.product_id = g.destination_product_id
        and 'price' = any (g.never)
    order by d.position
    limit 1
) as neighbour on true;
