select
    :findings::jsonb -> code ->> 'weight' as weight,
    code,
    :findings::jsonb -> code ->> 'text' as means,
    :findings::jsonb -> code ->> 'fix' as fix,
    name as dest_order_no,
    order_id as dest_order_id,
    line_no,
    sku as dest_sku,
    twin_names as source_order_no,
    twin_ids as source_order_id,
    detail
from report_findings
order by :findings::jsonb -> code ->> 'weight' desc, code, created_at, order_id, line_no
