-- Source levels of figures that would be raised, and whose rows are older than this run's reading: an incremental one names
-- only what its index shows, so they are read by id first (design: Stock).
select distinct r.source_item_id as inventory_item_id, k.source_location_id as location_id
from level_rows as r
join location_links as k
    on k.account_id = :account_id::integer
    and k.connection_id = :connection_id::integer
    and k.destination_location_id = r.location_id
where r.figure > coalesce(r.actual_available, 0)
    and r.source_read_at < :raise_since::timestamptz
