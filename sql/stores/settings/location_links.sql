select
    source_location_id,
    destination_location_id,
    mode,
    priority
from location_links
where account_id = :account_id::integer and connection_id = :connection_id::integer
order by priority desc, source_location_id
