-- A product that carries our origin was created by us, also when the answer was lost.
insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
select d.account_id, :connection_id::integer, o.product_id, d.store_id, d.product_id, true
from offered as o
join staging.products as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.origin = :source_domain::text || '/' || o.product_id
-- a person took them apart
where not exists (
    select from unlinked_variants as u
    where u.account_id = d.account_id
        and u.connection_id = :connection_id::integer
        and u.source_product_id = o.product_id
        and u.destination_product_id = d.product_id
)
on conflict do nothing;
