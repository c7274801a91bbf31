create temp table incoming_locations as
select
    location_id,
    name,
    active
from staging.locations
with no data
