-- Lines that an edit added to a twin stand for those that were added at the destination.
insert into order_push_lines (
    account_id, order_push_id, line_item_id, part, source_variant_id, factor, units, source_line_item_id, source_location_id, bought
)
select
    :account_id::integer,
    :order_push_id::bigint,
    line_item_id,
    1,
    source_variant_id,
    factor,
    units,
    source_line_item_id,
    location_id,
    units / factor
from jsonb_to_recordset(:lines::jsonb) as added (
    line_item_id bigint, source_variant_id bigint, factor integer, units integer, source_line_item_id bigint, location_id bigint
)
on conflict (account_id, order_push_id, line_item_id, part) do nothing
