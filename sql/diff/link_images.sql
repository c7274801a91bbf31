-- Images of an item that existed before are paired once, place by place, when its fields are to be overwritten (rule 48).
insert into image_links (
    account_id, connection_id, source_product_id, source_image_id, destination_product_id, destination_image_id
)
select l.account_id, l.connection_id, l.source_product_id, s.image_id, l.destination_product_id, d.image_id
from linked_products as l
join offered as o on o.product_id = l.source_product_id and o.gate is null
join staging.images as s
    on s.account_id = l.account_id and s.store_id = :source::integer and s.product_id = l.source_product_id
join staging.images as d
    on d.account_id = l.account_id
    and d.store_id = l.destination_store_id
    and d.product_id = l.destination_product_id
    and d.position = s.position
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
on conflict do nothing;
