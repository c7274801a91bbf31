select min(location_id) as location_id
from staging.locations
where account_id = :account_id::integer
    and store_id = :store_id::integer
    and (name = :name::text or location_id::text = :name::text)
