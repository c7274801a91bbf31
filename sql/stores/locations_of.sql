select
    location_id,
    name,
    active
from staging.locations
where account_id = :account_id and store_id = :store_id
order by location_id
