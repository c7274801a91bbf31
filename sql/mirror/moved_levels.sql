-- Levels of the destination that mirrors of a run gave units back to: what was read of them before is true no more.
select distinct v.inventory_item_id, k.destination_location_id as location_id
from mirror_intents as i
join connections as c on c.account_id = i.account_id and c.connection_id = i.connection_id
join order_push_lines as l on l.account_id = i.account_id and l.order_push_id = i.order_push_id
join staging.line_items as d
    on d.account_id = i.account_id and d.store_id = c.destination_store_id and d.line_item_id = l.line_item_id
join staging.variants as v
    on v.account_id = i.account_id and v.store_id = c.destination_store_id and v.variant_id = d.variant_id and v.tracked
join location_links as k on k.account_id = i.account_id and k.connection_id = i.connection_id
where i.account_id = :account_id::integer
    and i.connection_id = :connection_id::integer
    and i.towards = 'destination'
    and i.kind in ('refund', 'cancel', 'cancel_lines', 'return_process')
    and i.changed_at >= :since::timestamptz
    and i.state in ('sent', 'unknown', 'answered', 'adopted')
