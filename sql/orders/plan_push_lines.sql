insert into order_push_lines (
    account_id, order_push_id, line_item_id, part, source_variant_id, factor, units, unit_price
)
select
    :account_id::integer,
    :order_push_id::bigint,
    line_item_id,
    part,
    source_variant_id,
    factor,
    units,
    price
from jsonb_to_recordset(:lines::jsonb) as given (
    line_item_id bigint, part integer, source_variant_id bigint, factor integer, units integer, price numeric
)
