-- Products we created, found in an answer or by our mark.
insert into product_links (
    account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us
)
select :account_id::integer, :connection_id::integer, source_product_id, :store_id::integer, destination_product_id, true
from jsonb_to_recordset(:rows::jsonb) as r (source_product_id bigint, destination_product_id bigint)
on conflict (account_id, connection_id, source_product_id) do update set
    destination_product_id = excluded.destination_product_id,
    created_by_us = true
