-- How much of a source is linked: what a first reading of it must at least be compared with (rule 73).
with

fed as (
    select connection_id
    from connections
    where account_id = :account_id and source_store_id = :store_id
),

linked_products as (
    select count(distinct l.source_product_id) as products
    from product_links as l
    join fed on fed.connection_id = l.connection_id
    where l.account_id = :account_id
),

linked_variants as (
    select count(distinct l.source_variant_id) as variants
    from variant_links as l
    join fed on fed.connection_id = l.connection_id
    where l.account_id = :account_id
)

select
    products,
    variants,
    -- each variant's item has a level somewhere
    variants as levels
from linked_products
cross join linked_variants
