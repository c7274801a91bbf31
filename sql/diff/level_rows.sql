-- Linked levels whose figure differs, or whose baseline is not settled yet (rule 21 without movements).
create temp table level_rows on commit drop as
with

pooled as (
    select
        l.source_product_id,
        l.source_variant_id,
        l.destination_product_id,
        l.destination_variant_id,
        l.factor,
        s.sku as label,
        d.inventory_item_id,
        place.destination_location_id as location_id,
        -- a source that does not stock the item there has none of it to give
        coalesce(sum(level.available), 0) as pool
    from variant_links as l
    join staging.variants as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.variant_id = l.destination_variant_id
    join location_links as place
        on place.account_id = :account_id::integer and place.connection_id = :connection_id::integer
    left join staging.levels as level
        on level.account_id = :account_id::integer
        and level.store_id = :source::integer
        and level.inventory_item_id = s.inventory_item_id
        and level.location_id = place.source_location_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and :inventory::boolean
        and s.tracked
        and d.tracked
    group by
        l.source_product_id, l.source_variant_id, l.destination_product_id, l.destination_variant_id, l.factor, s.sku,
        d.inventory_item_id, place.destination_location_id
),

kept_back as (
    select
        p.*,
        coalesce(b.buffer_units, 0) as units,
        coalesce(b.buffer_pct, 0) as pct,
        coalesce(b.zero_below, 0) as zero_below
    from pooled as p
    left join lateral (
        select r.buffer_units, r.buffer_pct, r.zero_below
        from buffers as r
        join source_facts as f
            on f.account_id = r.account_id and f.store_id = :source::integer and f.product_id = p.source_product_id
        where r.account_id = :account_id::integer
            and r.connection_id = :connection_id::integer
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, p.label)
        order by scope_rank(r.scope) desc, r.priority desc, r.buffer_id
        limit 1
    ) as b on true
),

figures as (
    select
        k.*,
        floor(greatest(0, k.pool - greatest(k.units, ceil(k.pool * k.pct / 100))) / k.factor)::integer as figure,
        concat_ws(
            ' ', 'x' || nullif(k.factor, 1)::text, nullif(k.units, 0)::text || ' kept', nullif(k.pct, 0)::text || '% kept',
            'zero below ' || nullif(k.zero_below, 0)::text
        ) as inputs
    from kept_back as k
),

-- several variants may share one inventory item: its level is written once
desired as (
    select distinct on (f.inventory_item_id, f.location_id)
        f.source_product_id,
        f.source_variant_id,
        f.destination_product_id,
        f.destination_variant_id,
        f.inventory_item_id,
        f.location_id,
        f.label,
        f.inputs,
        case when f.figure < f.zero_below then 0 else f.figure end as desired_available
    from figures as f
    order by f.inventory_item_id, f.location_id, f.destination_variant_id
),

compared as (
    select
        w.*,
        a.available as actual_available,
        a.inventory_item_id is not null as stocked,
        b.inventory_item_id is not null as known,
        coalesce(b.unsettled, '{}') as unsettled,
        b.inputs as old_inputs,
        b.wrote_available,
        b.saw_available
    from desired as w
    left join staging.levels as a
        on a.account_id = :account_id::integer
        and a.store_id = :destination::integer
        and a.inventory_item_id = w.inventory_item_id
        and a.location_id = w.location_id
    left join baseline.levels as b
        on b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.inventory_item_id = w.inventory_item_id
        and b.location_id = w.location_id
)

select *
from compared
-- not stocked there and none to give: nothing to say (rule 27)
where (stocked or desired_available > 0)
    and (
        not known
        or desired_available is distinct from actual_available
        or desired_available is distinct from wrote_available
        or actual_available is distinct from saw_available
        or inputs is distinct from old_inputs
        or unsettled <> '{}'
    );
