-- Pushed orders with sales that the source was not told of: lines that were added, or left behind.
select coalesce(array_agg(distinct t.destination_order_id), '{}') as order_ids
from twins as t
join stock_movements as m
    on m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.order_id = t.destination_order_id
    and m.kind = 'sale'
    and m.closed_at is null
    and m.told_at is null
    and m.units < 0
