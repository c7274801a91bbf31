-- Lines with a reason, those of one reason together, the reason with the most lines first.
select
    l.reason as reason_code,
    :reasons::jsonb -> l.reason ->> 'text' as reason_text,
    :reasons::jsonb -> l.reason ->> 'fix' as fix,
    o.name as dest_order_no,
    o.order_id as dest_order_id,
    iso_time(o.created_at, :zone::text) as dest_order_date,
    l.line_no,
    l.sku as dest_sku,
    l.source_sku,
    l.title,
    l.variant_title as variant,
    l.quantity as qty_ordered,
    case when l.reason = o.reason then o.detail end as detail
from report_lines as l
join report_orders as o on o.order_id = l.order_id
where l.reason is not null
order by count(*) over (partition by l.reason) desc, l.reason, o.created_at, o.order_id, l.line_no
