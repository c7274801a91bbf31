create temp table incoming_collections as
select
    collection_id,
    title,
    handle
from staging.collections
with no data
