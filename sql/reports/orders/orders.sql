-- The orders of a report, with what became of each at the source: one row for each order and source.
create temp table report_orders on commit drop as
with

orders as materialized (
    select
        c.account_id,
        c.connection_id,
        c.source_store_id,
        c.destination_store_id,
        c.settings,
        d.domain as destination,
        s.domain as source,
        r.reason,
        r.detail,
        o.order_id,
        o.name,
        o.created_at,
        o.cancelled_at,
        o.financial_status,
        o.fulfillment_status,
        o.currency,
        o.total,
        o.shipping_title,
        o.shipping_total,
        o.discount_total,
        o.refunded_total,
        o.taxes_included,
        o.tags,
        r.order_push_id,
        r.push_state as intent_state,
        r.is_pushed,
        p.mode,
        p.attempts,
        p.sent_at,
        p.told_at,
        p.rate,
        p.run_id,
        p.origin,
        p.source_order_id,
        p.source_order_name,
        p.currency as source_currency
    from report_range as r
    join connections as c on c.account_id = r.account_id and c.connection_id = :connection_id::integer
    join stores as d on d.account_id = r.account_id and d.store_id = r.destination_store_id
    join stores as s on s.account_id = r.account_id and s.store_id = r.source_store_id
    join staging.orders as o
        on o.account_id = r.account_id and o.store_id = r.destination_store_id and o.order_id = r.order_id
    left join order_pushes as p on p.account_id = r.account_id and p.order_push_id = r.order_push_id
),

lines as (
    select
        order_id,
        count(*)::integer as lines,
        count(*) filter (where is_linked or line_state = 'pushed')::integer as linked,
        count(*) filter (where line_state = 'pushed')::integer as pushed,
        sum(units_pushed)::integer as units_pushed,
        sum(value_pushed) as value_pushed,
        sum(source_value) as source_value,
        sum(source_value * least(1, refunded / nullif(quantity_pushed, 0))) as source_refunded
    from report_lines
    group by order_id
),

-- the sources that an order concerns: those with a line of theirs in it, or an order for it (rules 54 to 56)
concerned as (
    select o.order_id, l.connection_id, false as is_pushed
    from orders as o
    join staging.line_items as i
        on i.account_id = o.account_id and i.store_id = o.destination_store_id and i.order_id = o.order_id
    join variant_links as l
        on l.account_id = i.account_id
        and l.destination_store_id = i.store_id
        and l.destination_variant_id = i.variant_id
    join connections as k on k.account_id = l.account_id and k.connection_id = l.connection_id
    where k.connection_id = o.connection_id
        or (k.state = 'connected' and coalesce(k.settings ->> 'orders', 'order_push') = 'order_push')
    union all
    select o.order_id, p.connection_id, true
    from orders as o
    join connections as k on k.account_id = o.account_id and k.destination_store_id = o.destination_store_id
    join order_pushes as p
        on p.account_id = k.account_id and p.connection_id = k.connection_id and p.destination_order_id = o.order_id
    where p.state in ('answered', 'drafted')
),

sources as (
    select
        order_id,
        count(distinct connection_id) as sources,
        count(distinct connection_id) filter (where is_pushed) as pushed,
        bool_or(connection_id = :connection_id::integer) as is_ours
    from concerned
    group by order_id
),

-- of both ends of an order
ends as (
    select account_id, destination_store_id as store_id, order_id from orders
    union all
    select account_id, source_store_id, source_order_id from orders where source_order_id is not null
),

parcels as (
    select
        e.store_id,
        e.order_id,
        min(f.created_at) as first_shipped_at,
        string_agg(distinct nullif(t ->> 'company', ''), '; ') as companies,
        string_agg(distinct nullif(t ->> 'number', ''), '; ') as numbers
    from ends as e
    join staging.fulfillments as f
        on f.account_id = e.account_id and f.store_id = e.store_id and f.order_id = e.order_id
    left join lateral jsonb_array_elements(f.tracking) as t on true
    where f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
    group by e.store_id, e.order_id
),

last_returns as (
    select distinct on (o.order_id) o.order_id, r.status
    from orders as o
    join staging.returns as r
        on r.account_id = o.account_id and r.store_id = o.destination_store_id and r.order_id = o.order_id
    order by o.order_id, r.return_id desc
)

select
    o.order_id,
    o.name,
    o.created_at,
    o.destination,
    o.source,
    -- only what the settings read of people (rule 71)
    coalesce(
        case when o.settings -> 'order_details' ? 'customer'
            then nullif(concat_ws(' ', h.customer ->> 'firstName', h.customer ->> 'lastName'), '') end,
        case when o.settings -> 'order_details' ? 'shipping_address'
            then nullif(concat_ws(' ', h.shipping_address ->> 'firstName', h.shipping_address ->> 'lastName'), '') end
    ) as customer_name,
    case when o.settings -> 'order_details' ? 'shipping_address'
        then coalesce(h.shipping_address ->> 'countryCodeV2', h.shipping_address ->> 'country') end as ship_country,
    lower(o.financial_status) as payment_status,
    lower(o.fulfillment_status) as fulfilment_status,
    o.total,
    o.currency,
    o.shipping_title,
    o.shipping_total,
    o.discount_total,
    o.refunded_total,
    o.taxes_included,
    o.tags,
    -- the push
    case
        when coalesce(w.is_ours, false) and w.pushed > 0 then case when w.pushed < w.sources and not :pushed_only::boolean then 'partially_pushed' else 'pushed' end
        when o.cancelled_at is not null then 'cancelled'
        else 'not_pushed'
    end as push_state,
    o.intent_state,
    o.is_pushed,
    case when not o.is_pushed then o.reason end as reason,
    o.detail,
    o.mode,
    coalesce(o.attempts, 0) as attempts,
    case when o.is_pushed then coalesce(o.told_at, o.sent_at) end as pushed_at,
    o.sent_at,
    o.told_at,
    o.rate,
    o.run_id,
    o.origin,
    o.order_push_id,
    o.source_order_id,
    coalesce(t.name, o.source_order_name) as source_order_name,
    o.source_currency,
    t.refunded_total as twin_refunded_total,
    l.lines,
    l.linked,
    l.pushed as lines_pushed,
    l.units_pushed,
    l.value_pushed,
    l.source_value,
    l.source_refunded,
    -- what became of it
    coalesce(ours.companies, theirs.companies) as tracking_company,
    coalesce(ours.numbers, theirs.numbers) as tracking_numbers,
    coalesce(ours.first_shipped_at, theirs.first_shipped_at) as first_shipped_at,
    m.tracking_returned_at,
    least(o.cancelled_at, t.cancelled_at) as cancelled_at,
    o.cancelled_at is not null as is_cancelled_here,
    case
        when o.cancelled_at is null and t.cancelled_at is null then null
        when m.cancelled_by is not null then m.cancelled_by
        when o.cancelled_at is null or t.cancelled_at < o.cancelled_at then 'source'
        else 'dest'
    end as cancelled_by,
    case when o.refunded_total > 0 then coalesce(m.refund_mirrored, false) end as refund_mirrored,
    lower(r.status) as return_status
from orders as o
left join lines as l on l.order_id = o.order_id
left join sources as w on w.order_id = o.order_id
left join staging.orders as t
    on t.account_id = o.account_id and t.store_id = o.source_store_id and t.order_id = o.source_order_id
left join staging.order_people as h
    on h.account_id = o.account_id and h.store_id = o.destination_store_id and h.order_id = o.order_id
left join mirrored_orders as m
    on m.account_id = o.account_id and m.connection_id = o.connection_id and m.order_id = o.order_id
left join parcels as ours on ours.store_id = o.source_store_id and ours.order_id = o.source_order_id
-- the destination's own parcels, or another source's, are none of a source's business
left join parcels as theirs
    on theirs.store_id = o.destination_store_id and theirs.order_id = o.order_id and not :pushed_only::boolean
left join last_returns as r on r.order_id = o.order_id
