-- The source's refunds of one line, all of it put back there, that the destination has no units left for; in the source's units.
select i.mirror_id, sum(l.source_units)::integer as units
from mirror_intents as i
cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, source_units integer, restock boolean)
where i.account_id = :account_id::integer
    and i.order_push_id = :order_push_id::bigint
    and i.kind = 'refund'
    and i.towards = 'destination'
    and i.state = 'refused'
    and i.reason = 'NOT_ENOUGH_LEFT'
group by i.mirror_id
having bool_and(l.line_item_id = :line_item_id::bigint and l.restock)
