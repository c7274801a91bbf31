select
    name as dest_order_no,
    line_no,
    line_item_id as dest_line_id,
    sku as dest_sku,
    source_sku,
    finding,
    reason as reason_code,
    source_order_name as source_order_no,
    lines_found as source_lines,
    quantity as qty_ordered,
    units_pushed,
    units_found as units_source,
    round(value_pushed, :digits::integer) as value_dest,
    currency,
    round(value_expected, :source_digits::integer) as value_expected,
    round(value_found, :source_digits::integer) as value_source,
    source_currency
from report_proof_lines
order by created_at, order_id, line_no
