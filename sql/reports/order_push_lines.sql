select
    o.name as dest_order_no,
    o.source_order_name as source_order_no,
    l.line_no,
    l.sku as dest_sku,
    l.source_sku,
    l.matched_by,
    l.title,
    l.variant_title as variant,
    l.quantity as qty_ordered,
    trim_scale(round(l.quantity_pushed, 3)) as qty_pushed,
    l.fulfilled as qty_fulfilled,
    l.refunded as qty_refunded,
    l.restocked as qty_restocked,
    round(l.unit_price, :digits::integer) as unit_price_dest,
    -- a total that does not divide travels as two lines: then between two prices (rule 63)
    case
        when l.source_unit_price = round(l.source_unit_price, :source_digits::integer)
            then round(l.source_unit_price, :source_digits::integer)
        else round(l.source_unit_price, :source_digits::integer + 2)
    end as unit_price_source,
    round(l.discount, :digits::integer) as line_discount,
    o.currency,
    l.line_state,
    l.reason as reason_code,
    l.source_location,
    o.source_currency
from report_lines as l
join report_orders as o on o.order_id = l.order_id
order by o.created_at, o.order_id, l.line_no
