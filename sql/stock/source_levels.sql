-- Source levels of linked products, at the locations that feed a connection.
select distinct s.inventory_item_id, k.source_location_id as location_id
from variant_links as l
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id
join staging.variants as s
    on s.account_id = l.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
join location_links as k on k.account_id = l.account_id and k.connection_id = l.connection_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and l.source_product_id = any (:products::bigint[])
