-- What a destination sold of linked items (some orders, some products, or all), by line and by the location whose stock it
-- took (rules 19, 21a, 35), in the destination's own units. Older than the connection or the link, or of a time when it was
-- disconnected, an order is none of ours (D5). Units that an edit or a cancellation took off are not among them, refunded
-- ones are. standing: counts; aside, whose units are set aside there only (rule 19); never.
create temp table sold on commit drop as
with

linked as (
    select
        l.source_variant_id,
        l.source_product_id,
        l.destination_variant_id,
        l.factor,
        l.linked_at,
        i.order_id,
        i.line_item_id,
        i.quantity,
        i.current_quantity,
        1 as links
    from connections as c
    join variant_links as l on l.account_id = c.account_id and l.connection_id = c.connection_id
    join staging.line_items as i
        on i.account_id = c.account_id and i.store_id = c.destination_store_id and i.variant_id = l.destination_variant_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (:order_ids::bigint[] is null or i.order_id = any (:order_ids::bigint[]))
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
),

-- of a variant that was deleted Shopify names only the SKU: it is that of the one link whose variant is gone
orphaned as (
    select
        l.source_variant_id,
        l.source_product_id,
        l.destination_variant_id,
        l.factor,
        l.linked_at,
        i.order_id,
        i.line_item_id,
        i.quantity,
        i.current_quantity,
        count(*) over (partition by i.line_item_id) as links
    from connections as c
    join staging.line_items as i
        on i.account_id = c.account_id and i.store_id = c.destination_store_id and i.variant_id is null
    left join mappings as m
        on m.account_id = c.account_id and m.connection_id = c.connection_id and m.destination_sku = i.sku
    join staging.variants as s
        on s.account_id = c.account_id and s.store_id = c.source_store_id and s.sku = coalesce(m.source_sku, i.sku)
    join variant_links as l
        on l.account_id = c.account_id
        and l.connection_id = c.connection_id
        and l.source_variant_id = s.variant_id
        and (l.matched_by = 'mapping') = (m.source_sku is not null)
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (:order_ids::bigint[] is null or i.order_id = any (:order_ids::bigint[]))
        and not exists (
            select from staging.variants as d
            where d.account_id = c.account_id
                and d.store_id = c.destination_store_id
                and d.variant_id = l.destination_variant_id
        )
),

lines as materialized (
    select
        o.order_id,
        o.created_at,
        o.updated_at,
        o.cancelled_at,
        l.line_item_id,
        l.quantity,
        l.quantity - l.current_quantity as gone,
        l.source_product_id,
        coalesce(told.factor, l.factor) as factor,
        s.inventory_item_id as source_item_id,
        coalesce(d.inventory_item_id, 0) as destination_item_id,
        case
            when o.test or o.financial_status = 'VOIDED' then 'never'
            when o.financial_status in ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') then 'counts'
            when c.settings ->> 'counts_as_paid' = 'any' then 'counts'
            when c.settings ->> 'counts_as_paid' = 'paid_and_authorized' and o.financial_status = 'AUTHORIZED' then 'counts'
            else 'aside'
        end as standing
    from connections as c
    cross join (select * from linked union all select * from orphaned) as l
    join staging.orders as o
        on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = l.order_id
    join staging.variants as s
        on s.account_id = c.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
    left join staging.variants as d
        on d.account_id = c.account_id and d.store_id = c.destination_store_id and d.variant_id = l.destination_variant_id
    -- what the source was told of stays told, and what it was told: also when sales did not count for a while
    left join lateral (
        select m.factor
        from stock_movements as m
        where m.account_id = c.account_id
            and m.connection_id = c.connection_id
            and m.kind = 'sale'
            and m.origin = 'line_item'
            and m.origin_id = l.line_item_id
            and m.sent_at is not null
        limit 1
    ) as told on true
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and c.settings ->> 'orders' <> 'none'
        and l.links = 1
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and (l.linked_at is null or o.created_at >= date_trunc('second', l.linked_at))
        and (c.accepted_at is null or o.created_at >= date_trunc('second', c.accepted_at) or o.created_at <@ c.stood)
        and (
            c.orders_since is null
            or o.created_at >= date_trunc('second', c.orders_since)
            or told.factor is not null
        )
        and s.tracked
        and coalesce(d.tracked, true)
),

-- a cancelled fulfilment order still says where the units were, if no other does
assigned as (
    select
        l.line_item_id,
        f.location_id,
        sum(l.total_quantity) as quantity,
        bool_or(f.status <> 'CANCELLED') as stands,
        row_number() over (
            partition by l.line_item_id
            order by bool_or(f.status <> 'CANCELLED') desc, sum(l.total_quantity) desc, f.location_id
        ) as place
    from connections as c
    join staging.fulfillment_order_lines as l on l.account_id = c.account_id and l.store_id = c.destination_store_id
    join staging.fulfillment_orders as f
        on f.account_id = l.account_id and f.store_id = l.store_id and f.fulfillment_order_id = l.fulfillment_order_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and l.line_item_id in (select line_item_id from lines)
    group by l.line_item_id, f.location_id
),

-- what is gone and was not refunded was taken off by an edit or a cancellation: it is not sold. This and what is placed are
-- worked out once, for each is looked up line by line.
refunded as materialized (
    select r.line_item_id, sum(r.quantity) as quantity
    from connections as c
    join staging.refund_lines as r on r.account_id = c.account_id and r.store_id = c.destination_store_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and r.line_item_id in (select line_item_id from lines)
    group by r.line_item_id
),

placed as materialized (
    select
        line_item_id,
        location_id,
        place,
        quantity,
        sum(quantity) filter (where place > 1) over (partition by line_item_id) as elsewhere
    from assigned
    where stands or place = 1
)

select
    l.order_id,
    l.created_at,
    l.updated_at,
    l.cancelled_at,
    l.line_item_id,
    l.source_product_id,
    l.factor,
    l.source_item_id,
    l.destination_item_id,
    l.standing,
    coalesce(p.location_id, 0) as location_id,
    coalesce(p.place, 1) as place,
    -- the first place takes what no other names: refunded units are in no fulfilment order any more
    (
        case
            when coalesce(p.place, 1) = 1
                then l.quantity - coalesce(p.elsewhere, 0) - greatest(0, l.gone - coalesce(r.quantity, 0))
            else p.quantity
        end
    )::integer as quantity
from lines as l
left join refunded as r on r.line_item_id = l.line_item_id
left join placed as p on p.line_item_id = l.line_item_id;
