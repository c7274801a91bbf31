insert into variant_links (
    account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
    destination_product_id, matched_by, created_by_us
)
select
    :account_id::integer, :connection_id::integer, source_variant_id, source_product_id, :store_id::integer,
    destination_variant_id, destination_product_id, 'origin', true
from jsonb_to_recordset(:rows::jsonb) as r (
    source_variant_id bigint, source_product_id bigint, destination_variant_id bigint, destination_product_id bigint
)
on conflict (account_id, connection_id, destination_variant_id) do update set
    matched_by = 'origin',
    created_by_us = true
