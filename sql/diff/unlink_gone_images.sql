-- A picture that neither end has any more is forgotten. One that only the destination took away keeps its link: so it is
-- known as taken away, and not carried again as if it were new (rule 48).
with

gone as (
    delete from image_links as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and l.seen
        and not exists (
            select from staging.images as s
            where s.account_id = l.account_id
                and s.store_id = :source::integer
                and s.product_id = l.source_product_id
                and s.image_id = l.source_image_id
        )
        and not exists (
            select from staging.images as d
            where d.account_id = l.account_id
                and d.store_id = :destination::integer
                and d.product_id = l.destination_product_id
                and d.image_id = l.destination_image_id
        )
    returning l.destination_product_id, l.destination_image_id
)

delete from baseline.images as b
using gone as g
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.destination_product_id = g.destination_product_id
    and b.destination_image_id = g.destination_image_id;
