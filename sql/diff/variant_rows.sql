-- Linked variants whose two sides differ, or whose baseline is not settled yet: desired, actual, wrote, saw, side by side.
create temp table variant_rows on commit drop as
with

sku_rule as (
    select distinct on (scope_value) scope_value as sku, price_rule_id
    from price_rule_signatures
    where account_id = :account_id::integer and connection_id = :connection_id::integer and scope = 'sku'
    order by scope_value, priority desc, price_rule_id
),

-- asked once of a product, not of each of its variants
product_rules as materialized (
    select product_id, price_rule_id
    from price_rule_of
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and (:products::bigint[] is null or product_id = any (:products::bigint[]))
),

pairs as (
    select
        l.source_product_id,
        l.source_variant_id,
        l.destination_product_id,
        l.destination_variant_id,
        l.factor,
        case when l.created_by_us then 'ours' else coalesce(l.existing_items, :existing_items::text) end as existing,
        s.sku as label,
        rule.signature,
        coalesce(rule.rate, :rate::numeric) as rate,
        case when l.price_per = 'pack' then 1 else l.factor end as price_factor,
        rule.base as price_base,
        rule.percent,
        rule.amount,
        rule.ending,
        rule.min_price,
        rule.min_margin_pct,
        concat_ws('/', s.price::text, coalesce(s.compare_at_price::text, '-'), coalesce(s.cost::text, '-')) as base,
        concat_ws(
            ' ', rule.signature, '@' || coalesce(rule.rate, :rate::numeric)::text, 'x' || nullif(l.factor, 1)::text, l.price_per
        ) as inputs,
        b.base as old_base,
        b.inputs as old_inputs,
        b.destination_variant_id is not null as known,
        coalesce(b.unsettled, '{}') as unsettled,
        s.digest as source_digest,
        d.digest as destination_digest,
        (s.digest, d.digest) is distinct from (l.source_digest, l.destination_digest) as undigested,
        s.price as source_price,
        s.compare_at_price as source_compare_at_price,
        s.cost as source_cost,
        [[ copied: s.# as desired_# ]],
        case when l.matched_by = 'mapping' then d.sku else s.sku end as desired_sku,
        -- a source image that is not there, or no longer, cannot be shown: its variants follow when it is carried
        case when s.image_id is null then null else coalesce(there.image_id, d.image_id) end as desired_image_id,
        [[ fields: d.# as actual_# ]],
        [[ fields: b.wrote_# ]],
        [[ fields: b.saw_# ]]
    from variant_links as l
    join staging.variants as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.variant_id = l.destination_variant_id
    left join baseline.variants as b
        on b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.destination_variant_id = l.destination_variant_id
    left join product_rules as product_rule on product_rule.product_id = l.source_product_id
    left join sku_rule on sku_rule.sku = s.sku
    left join price_rule_signatures as rule
        on rule.account_id = :account_id::integer
        and rule.connection_id = :connection_id::integer
        and rule.price_rule_id = coalesce(sku_rule.price_rule_id, product_rule.price_rule_id)
    left join image_links as i
        on i.account_id = :account_id::integer
        and i.connection_id = :connection_id::integer
        and i.source_product_id = l.source_product_id
        and i.source_image_id = s.image_id
    left join staging.images as there
        on there.account_id = :account_id::integer
        and there.store_id = :destination::integer
        and there.product_id = i.destination_product_id
        and there.image_id = i.destination_image_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    -- merged into what follows, each text and price below would be worked out anew wherever it is named
    offset 0
),

-- what the baseline derived from the same amounts by the same rule need not be derived again
derived as (
    select
        p.*,
        kept or p.rate is null as price_stands,
        case
            when kept then p.wrote_price
            when p.rate is null then case when priced_before then p.wrote_price else p.actual_price end
            -- nothing to start from: what stands there stands, there is no empty price to propose
            else coalesce(
                derived_price(
                    base_price(p.price_base, p.source_price, p.source_compare_at_price, p.source_cost) * p.price_factor,
                    p.source_cost * p.price_factor, p.rate, coalesce(p.percent, 0), coalesce(p.amount, 0),
                    p.ending, p.min_price, p.min_margin_pct, :digits::integer
                ),
                case when priced_before then p.wrote_price else p.actual_price end
            )
        end as desired_price,
        case
            when kept then p.wrote_compare_at_price
            when p.rate is null then case when priced_before then p.wrote_compare_at_price else p.actual_compare_at_price end
            else derived_price(
                p.source_compare_at_price * p.price_factor, p.source_cost * p.price_factor, p.rate,
                coalesce(p.percent, 0), coalesce(p.amount, 0), p.ending, p.min_price, p.min_margin_pct, :digits::integer
            )
        end as derived_compare_at_price,
        case
            when not :cost_travels::boolean then p.actual_cost
            when kept then p.wrote_cost
            when p.rate is null then case when priced_before then p.wrote_cost else p.actual_cost end
            else round(p.source_cost * p.price_factor * p.rate, :digits::integer)
        end as desired_cost
    from pairs as p
    cross join lateral (
        select
            coalesce(p.old_base = p.base and p.old_inputs = p.inputs, false) as kept,
            -- without a rate the last settled amounts stand (rule 39): an edit there stays an edit
            p.known and not p.unsettled && array['price', 'compare_at_price', 'cost'] as priced_before
    ) as memory
    offset 0
),

desired as (
    select
        d.*,
        -- no higher than the price, it says nothing (rule 40)
        case
            when d.price_stands or d.derived_compare_at_price > d.desired_price then d.derived_compare_at_price
        end as desired_compare_at_price
    from derived as d
    offset 0
)

select
    source_product_id,
    source_variant_id,
    destination_product_id,
    destination_variant_id,
    factor,
    existing,
    label,
    signature,
    rate,
    base,
    inputs,
    old_base,
    old_inputs,
    known,
    unsettled,
    source_digest,
    destination_digest,
    [[ fields: desired_# ]],
    [[ fields: actual_# ]],
    [[ fields: wrote_# ]],
    [[ fields: saw_# ]]
from desired
where ([[ fields: desired_# ]]) is distinct from ([[ fields: actual_# ]])
    or undigested
    or (
        existing <> 'stock_only'
        and (
            not known
            or unsettled <> '{}'
            or (base, inputs) is distinct from (old_base, old_inputs)
            or ([[ fields: desired_# ]]) is distinct from ([[ fields: wrote_# ]])
            or ([[ fields: actual_# ]]) is distinct from ([[ fields: saw_# ]])
        )
    );
