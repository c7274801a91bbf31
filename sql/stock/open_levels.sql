-- Source levels whose movements are open: they are read by id, not through an index that lags.
select distinct m.source_item_id as inventory_item_id, m.source_location_id as location_id
from stock_movements as m
join connections as c on c.account_id = m.account_id and c.connection_id = m.connection_id
where m.account_id = :account_id::integer
    and c.source_store_id = :source::integer
    and m.closed_at is null
    and m.source_location_id <> 0
