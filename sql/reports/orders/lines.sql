-- Lines of the orders of a report, with what became of each at the source. Sheets are read from it, and from report_orders.
create temp table report_lines on commit drop as
with

parts as (
    select
        l.line_item_id,
        min(l.source_variant_id) as source_variant_id,
        min(l.source_location_id) as source_location_id,
        min(l.source_line_item_id) as source_line_item_id,
        max(l.factor) as factor,
        count(*) as parts,
        sum(l.units)::integer as units,
        sum(l.units * l.unit_price) as source_value
    from report_range as o
    join order_push_lines as l on l.account_id = o.account_id and l.order_push_id = o.order_push_id
    group by l.line_item_id
),

fulfilled as (
    select l.line_item_id, sum(l.quantity)::integer as quantity
    from report_range as o
    join staging.fulfillments as f
        on f.account_id = o.account_id and f.store_id = o.destination_store_id and f.order_id = o.order_id
    join staging.fulfillment_lines as l
        on l.account_id = f.account_id and l.store_id = f.store_id and l.fulfillment_id = f.fulfillment_id
    where f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
    group by l.line_item_id
),

refunded as (
    select
        l.line_item_id,
        sum(l.quantity)::integer as quantity,
        sum(l.quantity) filter (where l.restock_type in ('CANCEL', 'RETURN'))::integer as restocked
    from report_range as o
    join staging.refunds as r
        on r.account_id = o.account_id and r.store_id = o.destination_store_id and r.order_id = o.order_id
    join staging.refund_lines as l
        on l.account_id = r.account_id and l.store_id = r.store_id and l.refund_id = r.refund_id
    group by l.line_item_id
),

-- less than a pack of it was shipped, refunded or returned (rule 63)
waiting as (
    select distinct l.line_item_id
    from report_range as o
    join mirror_intents as i on i.account_id = o.account_id and i.order_push_id = o.order_push_id
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint)
    where i.state = 'waiting' and i.reason = 'PART_OF_PACK'
),

facts as (
    select
        o.account_id,
        o.source_store_id,
        o.order_id,
        o.reason as order_reason,
        o.push_state,
        o.is_pushed,
        i.line_item_id,
        row_number() over (partition by o.order_id order by i.line_item_id)::integer as line_no,
        bool_or(g.is_linked) over (partition by o.order_id) as has_linked,
        i.sku,
        i.title,
        i.variant_title,
        i.quantity,
        i.current_quantity,
        i.unit_price,
        i.discount,
        i.unit_price * i.quantity - coalesce(i.discount, 0) as paid,
        g.reason as line_reason,
        g.is_linked,
        g.matched_by,
        g.units as units_to_push,
        p.parts,
        p.source_variant_id as pushed_variant_id,
        p.source_line_item_id,
        coalesce(p.factor, g.factor) as factor,
        p.units,
        p.source_value,
        p.source_location_id,
        coalesce(p.source_variant_id, g.source_variant_id) as source_variant_id,
        coalesce(f.quantity, 0) as fulfilled,
        coalesce(r.quantity, 0) as refunded,
        coalesce(r.restocked, 0) as restocked,
        w.line_item_id is not null as is_part
    from report_range as o
    join staging.line_items as i
        on i.account_id = o.account_id and i.store_id = o.destination_store_id and i.order_id = o.order_id
    join gated_lines as g on g.line_item_id = i.line_item_id
    left join parts as p on p.line_item_id = i.line_item_id
    left join fulfilled as f on f.line_item_id = i.line_item_id
    left join refunded as r on r.line_item_id = i.line_item_id
    left join waiting as w on w.line_item_id = i.line_item_id
)

select
    f.order_id,
    f.line_item_id,
    f.line_no,
    f.sku,
    coalesce(t.sku, v.sku) as source_sku,
    f.matched_by,
    f.title,
    f.variant_title,
    f.quantity,
    f.current_quantity,
    f.fulfilled,
    f.refunded,
    f.restocked,
    f.unit_price,
    f.discount,
    f.paid,
    f.is_linked,
    f.factor,
    case
        when f.parts > 0 and f.is_pushed then 'pushed'
        when f.parts > 0 and f.push_state in ('sent', 'unknown') then 'in_doubt'
        when f.line_reason is not null then 'not_pushed'
        when not f.is_linked and (f.has_linked or f.is_pushed) then 'stays'
        when f.is_pushed then 'came_later'
        when f.order_reason is not null then 'not_pushed'
        when f.is_linked then 'waits'
        else 'stays'
    end as line_state,
    case
        when f.parts > 0 and f.is_pushed and f.is_part then 'PART_OF_PACK'
        when f.parts > 0 and (f.is_pushed or f.push_state in ('sent', 'unknown')) then null
        when f.line_reason is not null then f.line_reason
        when f.is_pushed or (not f.is_linked and f.has_linked) then null
        else f.order_reason
    end as reason,
    -- of what was pushed
    case when f.is_pushed then coalesce(f.units, 0) else 0 end as units_pushed,
    case when f.is_pushed then coalesce(f.units, 0)::numeric / f.factor else 0 end as quantity_pushed,
    case when f.is_pushed then f.paid * f.units / f.factor / nullif(f.quantity, 0) end as value_pushed,
    case when f.is_pushed then f.source_value end as source_value,
    case when f.is_pushed then f.source_value / nullif(f.units, 0) end as source_unit_price,
    w.name as source_location
from facts as f
left join staging.variants as v
    on v.account_id = f.account_id and v.store_id = f.source_store_id and v.variant_id = f.source_variant_id
left join staging.line_items as t
    on t.account_id = f.account_id and t.store_id = f.source_store_id and t.line_item_id = f.source_line_item_id
left join staging.locations as w
    on w.account_id = f.account_id and w.store_id = f.source_store_id and w.location_id = f.source_location_id
-- what comes from somewhere else is none of the source's business (rule 91)
where not :pushed_only::boolean or (f.parts > 0 and f.is_pushed)
