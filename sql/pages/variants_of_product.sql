-- Variants of a source's product, with what each is linked to at the destination and what the last comparison found.
select
    v.variant_id,
    concat_ws(' / ', v.option1, v.option2, v.option3) as title,
    v.sku,
    v.price,
    case when :source_figures::boolean then (
        select sum(f.available) from staging.levels as f
        where f.account_id = c.account_id
            and f.store_id = c.source_store_id
            and f.inventory_item_id = v.inventory_item_id
    ) end as available,
    l.matched_by,
    l.factor,
    l.created_by_us,
    t.variant_id as destination_variant_id,
    t.sku as destination_sku,
    t.price as destination_price,
    (
        select sum(f.available) from staging.levels as f
        where f.account_id = c.account_id
            and f.store_id = c.destination_store_id
            and f.inventory_item_id = t.inventory_item_id
    ) as destination_available,
    b.code,
    case when not b.code = any (:untold::text[]) then b.detail end as detail
from connections as c
join staging.variants as v
    on v.account_id = c.account_id and v.store_id = c.source_store_id and v.product_id = :product_id::bigint
left join variant_links as l
    on l.account_id = c.account_id and l.connection_id = c.connection_id and l.source_variant_id = v.variant_id
left join staging.variants as t
    on t.account_id = c.account_id
    and t.store_id = c.destination_store_id
    and t.variant_id = l.destination_variant_id
left join lateral (
    select p.code, p.detail
    from problems as p
    where p.account_id = c.account_id
        and p.connection_id = c.connection_id
        and p.entity = 'variant'
        and p.item_id = v.variant_id
    order by array_position(:order_of_codes::text[], p.code), p.first_seen
    limit 1
) as b on true
where c.account_id = :account_id and c.connection_id = :connection_id
order by v.position, v.variant_id, t.variant_id
