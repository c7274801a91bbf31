-- What a person is shown before a connection ends (D14), as last read.
with

links as (
    select count(*) as items
    from variant_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
),

products as (
    select
        count(*) as products,
        count(*) filter (where l.created_by_us) as made,
        count(*) filter (where p.published and p.status = 'ACTIVE') as published
    from product_links as l
    left join staging.products as p
        on p.account_id = l.account_id
        and p.store_id = l.destination_store_id
        and p.product_id = l.destination_product_id
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
),

sale as (
    select coalesce(sum(available), 0) as units
    from (
        select distinct inventory_item_id, location_id, available
        from linked_levels
        where account_id = :account_id::integer and connection_id = :connection_id::integer and available > 0
    ) as levels
),

written as (
    select count(*) as lines
    from ending_lines
    where account_id = :account_id::integer and connection_id = :connection_id::integer and items = :items::text
),

waiting as (
    select count(*) as movements, coalesce(sum(units), 0) as units
    from stock_movements
    where account_id = :account_id::integer and connection_id = :connection_id::integer and closed_at is null
)

select
    links.items::integer as items,
    products.products::integer as products,
    products.made::integer as made,
    products.published::integer as published,
    sale.units::integer as units,
    written.lines::integer as lines,
    waiting.movements::integer as movements,
    waiting.units::integer as movement_units
from links
cross join products
cross join sale
cross join written
cross join waiting
