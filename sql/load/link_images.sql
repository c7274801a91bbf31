insert into image_links (
    account_id, connection_id, source_product_id, source_image_id, destination_product_id, destination_image_id
)
select
    :account_id::integer, :connection_id::integer, source_product_id, source_image_id, destination_product_id,
    destination_image_id
from jsonb_to_recordset(:rows::jsonb) as r (
    source_product_id bigint, source_image_id bigint, destination_product_id bigint, destination_image_id bigint
)
on conflict do nothing
