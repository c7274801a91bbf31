-- Deleted whole: no link or baseline of it has anything left to speak of.
with

gone as (
    select unnest(:ids::bigint[]) as product_id
),

levels as (
    delete from baseline.levels as b
    using variant_links as l, staging.variants as v
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.destination_product_id in (select product_id from gone)
        and v.account_id = l.account_id
        and v.store_id = l.destination_store_id
        and v.variant_id = l.destination_variant_id
        and b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.inventory_item_id = v.inventory_item_id
),

variants as (
    delete from baseline.variants as b
    using variant_links as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.destination_product_id in (select product_id from gone)
        and b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_variant_id = l.destination_variant_id
),

unlinked_variants as (
    delete from variant_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_product_id in (select product_id from gone)
),

images as (
    delete from baseline.images
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_product_id in (select product_id from gone)
),

unlinked_images as (
    delete from image_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_product_id in (select product_id from gone)
),

products as (
    delete from baseline.products
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_product_id in (select product_id from gone)
)

delete from product_links
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and destination_product_id in (select product_id from gone)
