-- Variants without a partner whose SKUs agree but for how they are written (rule 4, D13), by the first form in which they
-- do. The row is the destination's, where the fix belongs; the source sees none of what is not linked (rule 91).
insert into health_found (
    rule, severity, store_id, product_id, variant_id, sku, other_store_id, other_variant_id, other_sku, suggestion, new_sku,
    fix_file, seen_by_source
)
with

free as materialized (
    select * from health_variants where not is_linked and not is_blank
),

written (store_id, is_source, product_id, variant_id, sku, rule, place, form, is_whole) as (
    select f.store_id, f.is_source, f.product_id, f.variant_id, f.sku, w.rule, w.place, w.form, w.is_whole
    from free as f
    cross join lateral (
        values
            ('case_differs', 1, lower(f.sku), true),
            ('whitespace_or_invisible', 2, f.normal, true),
            ('o_zero', 3, translate(f.normal, 'oil', '011'), true),
            ('prefix_suffix', 4, regexp_replace(f.normal, '[^a-z0-9]', '', 'g'), true),
            ('prefix_suffix', 4, regexp_replace(regexp_replace(f.normal, '^[a-z0-9]+[-_./]', ''), '[^a-z0-9]', '', 'g'), false),
            ('prefix_suffix', 4, regexp_replace(regexp_replace(f.normal, '[-_./][a-z0-9]+$', ''), '[^a-z0-9]', '', 'g'), false)
    ) as w (rule, place, form, is_whole)
    where w.is_whole or length(w.form) >= 4
),

-- each variant once by form: one without a prefix is itself without it
forms as materialized (
    select distinct on (variant_id, is_source, place, form) *
    from written
    order by variant_id, is_source, place, form, is_whole desc
),

counted as (
    select *, count(*) over (partition by is_source, place, form) as carriers
    from forms
),

pairs as (
    select distinct on (s.variant_id, d.variant_id)
        s.store_id as source_store_id,
        s.variant_id as source_variant_id,
        s.sku as source_sku,
        d.store_id,
        d.product_id,
        d.variant_id,
        d.sku,
        s.rule,
        s.place,
        s.carriers = 1 and d.carriers = 1 as is_only
    from counted as s
    join counted as d on d.place = s.place and d.form = s.form and not d.is_source
    where s.is_source
        and s.sku <> d.sku
        and (s.is_whole or d.is_whole)
        and s.carriers <= case when s.place = 4 then 1 else 5 end
        and d.carriers <= case when s.place = 4 then 1 else 5 end
    order by s.variant_id, d.variant_id, s.place
),

-- where they agree in case alone, nobody asks what else they may be like
nearest as (
    select *, min(place) over (partition by variant_id) as first_place from pairs
)

select
    n.rule,
    'warning',
    n.store_id,
    n.product_id,
    n.variant_id,
    n.sku,
    n.source_store_id,
    n.source_variant_id,
    n.source_sku,
    case
        when not n.is_only then 'Several items may be meant: decide which one it is, then give the two one SKU.'
        when n.place = 4 then format('If the two are one item, link %s with %s by a mapping.', to_json(n.source_sku), to_json(n.sku))
        else format('If the two are one item, make its SKU %s.', to_json(n.source_sku))
    end,
    case when n.is_only and n.place < 4 then n.source_sku end,
    case when not n.is_only then 'none' when n.place = 4 then 'variant_map.csv' else 'sku_fix.csv' end,
    false
from nearest as n
where n.place = n.first_place
