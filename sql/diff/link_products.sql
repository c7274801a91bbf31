-- Products belong together when all links of both lead to one another (D7: one owner per destination product).
insert into product_links (account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us)
with

candidates as (
    select distinct source_product, product_id from paired
),

of_source as (
    select l.source_product_id
    from variant_links as l
    join candidates as c on c.source_product = l.source_product_id
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
    group by l.source_product_id
    having count(distinct l.destination_product_id) = 1
),

of_destination as (
    select l.destination_product_id
    from variant_links as l
    join candidates as c on c.product_id = l.destination_product_id
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
    group by l.destination_product_id
    having count(distinct l.source_product_id) = 1
)

select :account_id::integer, :connection_id::integer, c.source_product, :destination::integer, c.product_id, false
from candidates as c
join of_source as s on s.source_product_id = c.source_product
join of_destination as d on d.destination_product_id = c.product_id
on conflict do nothing;
