-- Lines of a destination's orders (some, or all that are kept), and what keeps each from going to the source (rules 52, 53).
-- reason and source_variant_id null: a line of somebody else, which stays where it is. A person may have asked for an order.
create temp table gated_lines on commit drop as
with

lines as materialized (
    select
        i.order_id,
        i.line_item_id,
        i.sku,
        i.variant_id,
        i.current_quantity,
        o.created_at,
        c.account_id,
        c.source_store_id,
        c.destination_store_id,
        c.settings ->> 'match_by' as match_by,
        coalesce(a.decision, '') as decision,
        l.source_variant_id,
        l.matched_by,
        l.factor,
        l.linked_at
    from connections as c
    join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
    join staging.line_items as i
        on i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    left join order_decisions as a
        on a.account_id = c.account_id and a.connection_id = c.connection_id and a.order_id = o.order_id
    left join variant_links as l
        on l.account_id = c.account_id
        and l.connection_id = c.connection_id
        and l.destination_variant_id = i.variant_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (:order_ids::bigint[] is null or o.order_id = any (:order_ids::bigint[]))
),

-- units at places that feed from no source are shipped from there (rule 21a)
assigned as (
    select
        p.line_item_id,
        sum(p.total_quantity) filter (where k.destination_location_id is null and f.location_id is not null) as elsewhere
    from lines as l
    join staging.fulfillment_order_lines as p
        on p.account_id = l.account_id and p.store_id = l.destination_store_id and p.line_item_id = l.line_item_id
    join staging.fulfillment_orders as f
        on f.account_id = p.account_id and f.store_id = p.store_id and f.fulfillment_order_id = p.fulfillment_order_id
    left join (
        select distinct account_id, destination_location_id
        from location_links
        where account_id = :account_id::integer and connection_id = :connection_id::integer
    ) as k on k.account_id = f.account_id and k.destination_location_id = f.location_id
    where l.source_variant_id is not null and f.status <> 'CANCELLED'
    group by p.line_item_id
),

-- what the destination shipped by itself (rule 21b)
shipped as (
    select p.line_item_id, sum(p.quantity) as quantity
    from lines as l
    join shipped_lines as p
        on p.account_id = l.account_id and p.store_id = l.destination_store_id and p.line_item_id = l.line_item_id
    where l.source_variant_id is not null
    group by p.line_item_id
),

-- and took back: current_quantity is without it already
returned as (
    select r.line_item_id, sum(r.quantity) as quantity
    from lines as l
    join staging.refund_lines as r
        on r.account_id = l.account_id
        and r.store_id = l.destination_store_id
        and r.line_item_id = l.line_item_id
        and r.restock_type = 'RETURN'
    where l.source_variant_id is not null
    group by r.line_item_id
),

facts as (
    select
        l.*,
        s.variant_id as found,
        s.sku as source_sku,
        coalesce(s.tracked and coalesce(d.tracked, true), false) as tracked,
        coalesce(e.elsewhere, 0) as elsewhere,
        exists (
            select from adjusted_orders as a
            where a.account_id = l.account_id
                and a.connection_id = :connection_id::integer
                and a.order_id = l.order_id
        ) as is_adjusted,
        greatest(
            0,
            l.current_quantity - coalesce(e.elsewhere, 0) - greatest(0, h.quantity - coalesce(b.quantity, 0))
        )::integer as quantity,
        -- carriers of the key that pairs them: of a line without a link, of what it was linked with
        case
            when l.match_by = 'sku' then (
                select count(*)
                from staging.variants as v
                where v.account_id = l.account_id
                    and v.store_id = l.source_store_id
                    and v.sku = coalesce(case when l.matched_by = 'sku' then s.sku end, l.sku)
            )
            else 1
        end as carriers
    from lines as l
    left join staging.variants as s
        on s.account_id = l.account_id and s.store_id = l.source_store_id and s.variant_id = l.source_variant_id
    left join staging.variants as d
        on d.account_id = l.account_id and d.store_id = l.destination_store_id and d.variant_id = l.variant_id
    left join assigned as e on e.line_item_id = l.line_item_id
    left join shipped as h on h.line_item_id = l.line_item_id
    left join returned as b on b.line_item_id = l.line_item_id
)

select
    order_id,
    line_item_id,
    case
        when source_variant_id is null then
            case
                when variant_id is null or match_by <> 'sku' then null
                when coalesce(sku, '') !~ '\S' then 'SKU_MISSING'
                when carriers > 1 then 'SKU_DUPLICATE'
                when carriers = 1 then 'OUT_OF_SCOPE'
            end
        when found is null then 'SKU_MISSING'
        when matched_by = 'sku' and carriers > 1 then 'SKU_DUPLICATE'
        when not tracked then 'ITEM_UNTRACKED'
        when created_at < date_trunc('second', linked_at) and decision <> 'push' then 'OUT_OF_SCOPE'
        when current_quantity <= 0 then 'CANCELLED_BEFORE_PUSH'
        when is_adjusted then 'ALREADY_EXISTS'
        when quantity = 0 and elsewhere >= current_quantity then 'LOCATION_UNMAPPED'
        when quantity = 0 then 'ALREADY_EXISTS'
    end as reason,
    source_variant_id,
    source_sku,
    matched_by,
    coalesce(factor, 1) as factor,
    case when source_variant_id is null then 0 else quantity end as quantity,
    case when source_variant_id is null then 0 else quantity * factor end as units,
    (source_variant_id is not null) as is_linked
from facts
