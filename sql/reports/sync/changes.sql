-- One row for each field; a creation is one row, and so is a link that this made.
with

connection as materialized (
    select c.account_id, c.connection_id, c.source_store_id, c.destination_store_id
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

named as (
    select
        l.*,
        case
            when l.action = 'link' then l.destination_variant_id
            when l.entity = 'variant' and l.action <> 'create' then l.item_id
        end as variant_there,
        case when l.entity = 'variant' and l.action in ('create', 'link') then l.item_id end as variant_here,
        l.field in ('available', 'price', 'compare_at_price', 'cost', 'weight') as is_figure
    from report_sync as l
)

select
    l.run_id,
    c.connection_id as connection,
    case l.entity when 'level' then 'inventory' else l.entity end as entity,
    case
        when l.action = 'update' and l.field = 'published' and l.after = 'false' then 'unpublish'
        when l.action = 'update' and l.field = 'available' and l.after = '0' then 'zero'
        else l.action
    end as action,
    l.destination_product_id as dest_product_id,
    coalesce(p.handle, t.handle) as handle,
    coalesce(s.sku, here.sku) as source_sku,
    coalesce(d.sku, there.sku) as dest_sku,
    coalesce(p.title, t.title) as title,
    k.name as location,
    case when l.field = 'available' then 'quantity' else nullif(l.field, '') end as field,
    case
        when l.action <> 'update' then null
        when l.field = 'price' and l.base is not null then split_part(l.base, '/', 1)
        when l.field = 'compare_at_price' and l.base is not null then nullif(split_part(l.base, '/', 2), '-')
        when l.field in ('available', 'published') or l.origin in ('person', 'rollback') then null
        when l.field = 'cost' and :side::text is not distinct from 'destination' then null
        when l.entity = 'image' then null
        else shown_value(l.after)
    end as value_source,
    case when l.action = 'update' then shown_value(l.before) end as value_dest_before,
    case
        when l.action = 'update' then shown_value(l.after)
        when l.action = 'create' and l.entity = 'product' then concat_ws(
            ', ', l.after -> 'product' ->> 'title', counted(l.after -> 'variants', 'variant'), counted(l.after -> 'images', 'image')
        )
        when l.action = 'create' then coalesce(l.after ->> 'sku', l.after ->> 'alt', l.label)
        when l.action = 'link' then there.sku
    end as value_proposed,
    case when l.action = 'update' and l.status in ('applied', 'as_stored', 'rolled_back') then shown_value(coalesce(l.saw, l.after)) end as value_applied,
    case when l.action = 'update' then shown_value(e.after) end as last_applied_value,
    l.origin as change_origin,
    l.mode as lock_mode,
    l.rule,
    case when l.is_figure then (l.after #>> '{}')::numeric - (l.before #>> '{}')::numeric end as delta,
    case
        when l.is_figure and (l.before #>> '{}')::numeric <> 0
            then round(((l.after #>> '{}')::numeric - (l.before #>> '{}')::numeric) * 100 / (l.before #>> '{}')::numeric, 2)
    end as delta_pct,
    l.status,
    l.message,
    coalesce(l.decided_by, l.approved_by) as approved_by,
    iso_time(l.applied_at, :zone::text) as applied_at
from named as l
cross join connection as c
left join staging.products as p
    on p.account_id = c.account_id and p.store_id = c.source_store_id and p.product_id = l.source_product_id
left join staging.products as t
    on t.account_id = c.account_id and t.store_id = c.destination_store_id and t.product_id = l.destination_product_id
-- of a variant, by the end whose id its line has
left join staging.variants as there
    on there.account_id = c.account_id and there.store_id = c.destination_store_id and there.variant_id = l.variant_there
left join staging.variants as here
    on here.account_id = c.account_id and here.store_id = c.source_store_id and here.variant_id = l.variant_here
-- of a level, by its inventory item; several variants may share one
left join lateral (
    select v.variant_id, v.sku
    from staging.variants as v
    where l.entity = 'level'
        and v.account_id = c.account_id
        and v.store_id = c.destination_store_id
        and v.inventory_item_id = l.item_id
    order by v.variant_id
    limit 1
) as d on true
left join lateral (
    select v.sku
    from variant_links as k
    join staging.variants as v
        on v.account_id = k.account_id and v.store_id = c.source_store_id and v.variant_id = k.source_variant_id
    where k.account_id = c.account_id
        and k.connection_id = c.connection_id
        and k.destination_variant_id = coalesce(d.variant_id, l.variant_there)
) as s on true
left join staging.locations as k
    on k.account_id = c.account_id and k.store_id = c.destination_store_id and k.location_id = l.location_id
-- what was written of it before
left join lateral (
    select coalesce(o.saw, o.after) as after
    from changes as o
    where o.account_id = c.account_id
        and o.connection_id = c.connection_id
        and o.entity = l.entity
        and o.item_id = l.item_id
        and o.location_id = l.location_id
        and o.field = l.field
        and o.action = 'update'
        and o.status in ('applied', 'as_stored')
        and o.change_id < l.change_id
    order by o.change_id desc
    limit 1
) as e on true
order by l.place
