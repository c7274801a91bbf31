-- Source products of a collection, as last read.
select cp.product_id
from staging.collection_products as cp
join connections as c
    on c.account_id = cp.account_id and c.connection_id = :connection_id::integer and c.source_store_id = cp.store_id
where cp.account_id = :account_id::integer and cp.collection_id = :collection_id::bigint
