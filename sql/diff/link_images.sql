-- Images are paired once, place by place: those of an item whose fields are to be overwritten, and those of a creation whose
-- answer did not name them (rule 48).
with

unpaired as materialized (
    select l.source_product_id, l.destination_product_id
    from linked_products as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and l.existing in ('ours', 'overwrite')
        and not exists (
            select from image_links as i
            where i.account_id = l.account_id
                and i.connection_id = l.connection_id
                and i.destination_product_id = l.destination_product_id
        )
),

at_source as materialized (
    select u.source_product_id, u.destination_product_id, s.image_id, s.position
    from unpaired as u
    join staging.images as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.product_id = u.source_product_id
),

at_destination as materialized (
    select u.destination_product_id, d.image_id, d.position
    from unpaired as u
    join staging.images as d
        on d.account_id = :account_id::integer
        and d.store_id = :destination::integer
        and d.product_id = u.destination_product_id
)

insert into image_links (
    account_id, connection_id, source_product_id, source_image_id, destination_product_id, destination_image_id
)
select :account_id::integer, :connection_id::integer, s.source_product_id, s.image_id, s.destination_product_id, d.image_id
from at_source as s
join at_destination as d on d.destination_product_id = s.destination_product_id and d.position = s.position
on conflict do nothing;
