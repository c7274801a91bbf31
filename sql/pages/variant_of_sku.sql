-- A source variant by its SKU, with what rules ask of it, and its first partner in a connection.
select
    v.variant_id,
    v.product_id,
    p.title as product,
    v.sku,
    v.price::text as price,
    v.compare_at_price::text as compare_at_price,
    v.cost::text as cost,
    l.factor,
    l.price_per
from staging.variants as v
join staging.products as p
    on p.account_id = v.account_id and p.store_id = v.store_id and p.product_id = v.product_id
left join lateral (
    select k.factor, k.price_per
    from variant_links as k
    where k.account_id = v.account_id
        and k.connection_id = :connection_id::integer
        and k.source_variant_id = v.variant_id
    order by k.destination_variant_id
    limit 1
) as l on true
where v.account_id = :account_id::integer and v.store_id = :source::integer and v.sku = :sku::text
order by v.variant_id
limit 1
