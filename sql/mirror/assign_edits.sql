-- The movements that an edit tells the source of: those of its lines that nobody tells yet.
update stock_movements as m
set mirror_id = i.mirror_id, changed_at = now()
from mirror_intents as i
join twins as t on t.order_push_id = i.order_push_id
where i.account_id = :account_id::integer
    and i.connection_id = :connection_id::integer
    and i.kind = 'edit'
    and i.towards = 'source'
    and i.state in ('planned', 'held')
    and i.first_sent_at is null
    and m.account_id = i.account_id
    and m.connection_id = i.connection_id
    and m.order_id = t.destination_order_id
    and m.origin = 'line_item'
    and m.closed_at is null
    and m.told_at is null
    and m.mirror_id is null
    and (
        (m.kind = 'edit' and i.payload -> 'lines' @> jsonb_build_array(jsonb_build_object('line_item_id', m.origin_id::text)))
        or (m.kind = 'sale' and i.payload -> 'added' @> jsonb_build_array(jsonb_build_object('line_item_id', m.origin_id::text)))
    )
