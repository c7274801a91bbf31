-- Source products of which some image is not as it was last settled, has no partner, or lost it. One too many does no harm.
select distinct coalesce(l.source_product_id, s.product_id) as product_id
from (
    select * from image_links where account_id = :account_id::integer and connection_id = :connection_id::integer
) as l
full outer join (
    select i.*
    from staging.images as i
    join linked_products as p
        on p.account_id = :account_id::integer
        and p.connection_id = :connection_id::integer
        and p.source_product_id = i.product_id
        and p.existing in ('ours', 'overwrite')
    where i.account_id = :account_id::integer and i.store_id = :source::integer
) as s on s.product_id = l.source_product_id and s.image_id = l.source_image_id
left join staging.images as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.product_id = l.destination_product_id
    and d.image_id = l.destination_image_id
left join baseline.images as b
    on b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.destination_product_id = l.destination_product_id
    and b.destination_image_id = l.destination_image_id
where l.source_product_id is null
    or s.product_id is null
    or d.product_id is null
    or b.destination_product_id is null
    or b.unsettled <> '{}'
    or [[ fields: s.# is distinct from d.# || or ]]
    or [[ fields: d.# is distinct from b.saw_# || or ]]
    or [[ fields: b.wrote_# is distinct from b.saw_# || or ]];
