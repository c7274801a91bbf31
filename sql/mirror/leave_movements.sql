-- What came back of an order that the source has, or may have: its mirror makes the source show it, so that it adds nothing by
-- itself. Where the settings carry nothing, it does (rule 22).
update stock_movements as m
set sent_at = m.known_at, changed_at = now()
from connections as c, pushes_at_source as p
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.units > 0
    and m.closed_at is null
    and m.sent_at is null
    and m.kind in ('restock', 'edit')
    and c.account_id = m.account_id
    and c.connection_id = m.connection_id
    and (c.settings #>> array['mirror', case m.kind when 'restock' then 'refunds' else 'edits' end])::boolean
    and p.account_id = m.account_id
    and p.connection_id = m.connection_id
    and p.order_id = m.order_id
