-- Pushes that the source has, or may have: what becomes of their orders it is told by mirrors.
create or replace view pushes_at_source as
select account_id, connection_id, order_push_id, destination_order_id as order_id
from order_pushes
where state in ('sent', 'unknown', 'answered', 'drafted', 'unresolved')
