-- Linked locations that are closed at their store (rule 28).
select distinct s.domain, x.name
from location_links as k
join connections as c on c.account_id = k.account_id and c.connection_id = k.connection_id
join staging.locations as x
    on x.account_id = k.account_id
    and not x.active
    and (x.store_id, x.location_id) in (
        (c.destination_store_id, k.destination_location_id), (c.source_store_id, k.source_location_id)
    )
join stores as s on s.account_id = x.account_id and s.store_id = x.store_id
where k.account_id = :account_id::integer and k.connection_id = :connection_id::integer
order by s.domain, x.name
