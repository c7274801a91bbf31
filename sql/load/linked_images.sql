select destination_product_id as product_id, array_agg(destination_image_id) as image_ids
from image_links
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and destination_product_id = any (:product_ids::bigint[])
group by destination_product_id
