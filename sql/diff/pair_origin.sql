-- A product that carries our origin was created by us, also when the answer was lost.
insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
select d.account_id, :connection_id::integer, o.product_id, d.store_id, d.product_id, true
from offered as o
join staging.products as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.origin = :source_domain::text || '/' || o.product_id
on conflict do nothing;
