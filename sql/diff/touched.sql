-- Source products to look at in an hourly comparison: whatever moved at either end since the last one,
-- whatever was written since, and whatever the last sets left undone.
with

moved_at_source as (
    select product_id from staging.products
    where account_id = :account_id::integer and store_id = :source::integer and changed_at > :since::timestamptz
    union
    select product_id from staging.variants
    where account_id = :account_id::integer and store_id = :source::integer and changed_at > :since::timestamptz
    union
    select product_id from staging.images
    where account_id = :account_id::integer and store_id = :source::integer and changed_at > :since::timestamptz
    union
    select product_id from staging.collection_products
    where account_id = :account_id::integer and store_id = :source::integer and changed_at > :since::timestamptz
    union
    select v.product_id
    from staging.levels as l
    join staging.variants as v
        on v.account_id = l.account_id and v.store_id = l.store_id and v.inventory_item_id = l.inventory_item_id
    where l.account_id = :account_id::integer and l.store_id = :source::integer and l.changed_at > :since::timestamptz
),

moved_at_destination as (
    select product_id from staging.products
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union
    select product_id from staging.variants
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union
    select product_id from staging.images
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union
    select v.product_id
    from staging.levels as l
    join staging.variants as v
        on v.account_id = l.account_id and v.store_id = l.store_id and v.inventory_item_id = l.inventory_item_id
    where l.account_id = :account_id::integer and l.store_id = :destination::integer and l.changed_at > :since::timestamptz
),

-- a destination variant may be wanted by a source one that is not linked yet, or under a SKU it just got
wanted as (
    select s.product_id
    from staging.variants as d
    join staging.variants as s on s.account_id = d.account_id and s.store_id = :source::integer and s.sku = d.sku
    where d.account_id = :account_id::integer and d.store_id = :destination::integer and d.changed_at > :since::timestamptz
),

linked as (
    select l.source_product_id as product_id
    from variant_links as l
    join moved_at_destination as m on m.product_id = l.destination_product_id
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
),

unfinished as (
    select c.source_product_id as product_id
    from changes as c
    join change_sets as cs on cs.account_id = c.account_id and cs.change_set_id = c.change_set_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and c.status in ('held', 'approved', 'loading', 'failed', 'blocked', 'conflict', 'unknown', 'settling', 'stale_source')
        and (cs.state in ('held', 'approved', 'loading') or cs.created_at > :since::timestamptz)
),

-- what was written is not read yet: where somebody made of it again what was read before, no reading shows that it moved
written as (
    select source_product_id as product_id
    from changes
    where account_id = :account_id::integer and connection_id = :connection_id::integer and applied_at > :since::timestamptz
),

-- sales anywhere move what every destination of the source may show; orders that do not count yet, only this one's
sold as (
    select v.product_id
    from stock_movements as m
    join connections as c
        on c.account_id = m.account_id and c.connection_id = m.connection_id and c.source_store_id = :source::integer
    join staging.variants as v
        on v.account_id = m.account_id and v.store_id = c.source_store_id and v.inventory_item_id = m.source_item_id
    where m.account_id = :account_id::integer and m.changed_at > :since::timestamptz
    union
    select l.source_product_id
    from staging.orders as o
    join staging.line_items as i on i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    join variant_links as l
        on l.account_id = o.account_id
        and l.connection_id = :connection_id::integer
        and l.destination_variant_id = i.variant_id
    where o.account_id = :account_id::integer and o.store_id = :destination::integer and o.changed_at > :since::timestamptz
),

unwell as (
    select source_product_id as product_id
    from problems
    where account_id = :account_id::integer and connection_id = :connection_id::integer
)

select
    array_agg(distinct product_id) as products,
    -- past a part of a large catalogue it is quicker to look at all of it
    (
        select greatest(count(*) / 4, 200) from staging.products where account_id = :account_id::integer and store_id = :source::integer
    ) as most
from (
    select product_id from moved_at_source
    union all select product_id from wanted
    union all select product_id from linked
    union all select product_id from unfinished
    union all select product_id from written
    union all select product_id from unwell
    union all select product_id from sold
) as everything
where product_id is not null;
