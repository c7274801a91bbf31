-- What orders that are not the connection's (D5) may have moved of levels since those were settled. Their effects are
-- not written down: what they took and gave back may be of any time until they last moved.
create temp table older_moves on commit drop as
select
    b.inventory_item_id,
    b.location_id,
    sum(i.quantity) as took,
    sum(i.quantity - i.current_quantity) as gave
from variant_links as l
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id
join staging.line_items as i
    on i.account_id = l.account_id
    and i.store_id = :destination::integer
    and i.variant_id = l.destination_variant_id
join staging.orders as o
    on o.account_id = i.account_id
    and o.store_id = i.store_id
    and o.order_id = i.order_id
    and (
        o.created_at < date_trunc('second', greatest(c.orders_since, l.linked_at))
        or (o.created_at < date_trunc('second', c.accepted_at) and not o.created_at <@ c.stood)
    )
join staging.variants as d
    on d.account_id = l.account_id and d.store_id = :destination::integer and d.variant_id = l.destination_variant_id
join baseline.levels as b
    on b.account_id = l.account_id
    and b.connection_id = l.connection_id
    and b.inventory_item_id = d.inventory_item_id
    and o.updated_at > b.wrote_at - interval '2 seconds'
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and :two_way::boolean
group by b.inventory_item_id, b.location_id;
