with

gone as (
    delete from product_links as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and not exists (
            select from staging.products as d
            where d.account_id = l.account_id
                and d.store_id = l.destination_store_id
                and d.product_id = l.destination_product_id
        )
    returning l.destination_product_id
),

images as (
    delete from image_links as l
    using gone as g
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.destination_product_id = g.destination_product_id
)

delete from baseline.products as b
using gone as g
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.destination_product_id = g.destination_product_id;
