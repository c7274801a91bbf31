-- Products of which no variants are linked any more belong together no more: nothing of their fields is written.
with

touched as (
    select distinct destination_product_id
    from unlinked_variants
    where account_id = :account_id::integer and connection_id = :connection_id::integer and upload_id = :upload_id::bigint
),

gone as (
    delete from product_links as p
    using touched as t
    where p.account_id = :account_id::integer
        and p.connection_id = :connection_id::integer
        and p.destination_product_id = t.destination_product_id
        and not exists (
            select from variant_links as l
            where l.account_id = p.account_id
                and l.connection_id = p.connection_id
                and l.source_product_id = p.source_product_id
                and l.destination_product_id = p.destination_product_id
        )
    returning p.destination_product_id
),

images as (
    delete from image_links as i
    using gone as g
    where i.account_id = :account_id::integer
        and i.connection_id = :connection_id::integer
        and i.destination_product_id = g.destination_product_id
),

image_baselines as (
    delete from baseline.images as b
    using gone as g
    where b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.destination_product_id = g.destination_product_id
)

delete from baseline.products as b
using gone as g
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.destination_product_id = g.destination_product_id
