-- Orders of which the source was told by an adjustment, or may have been: it is told of what becomes of them in the same way,
-- and they are not pushed as well, whatever the settings say since (D4).
create or replace view adjusted_orders as
select m.account_id, m.connection_id, m.order_id
from stock_movements as m
join calls as k on k.account_id = m.account_id and k.movement_id = m.movement_id
where m.kind = 'sale' and (k.state <> 'answered' or k.error is null)
