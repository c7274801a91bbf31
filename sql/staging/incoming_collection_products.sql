create temp table incoming_collection_products as
select
    collection_id,
    product_id
from staging.collection_products
with no data
