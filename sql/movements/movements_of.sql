-- Stock movements as people look at them, the oldest first; open for 30 days they wait for a person (rule 21b).
select
    m.movement_id,
    m.connection_id,
    m.kind,
    o.name as order_name,
    coalesce(i.sku, v.sku) as sku,
    m.units,
    l.name as location,
    s.name as source_location,
    m.known_at,
    m.sent_at,
    m.told_at,
    m.closed_at,
    m.why,
    m.detail,
    m.closed_at is null and m.known_at < now() - interval '30 days' as is_old
from stock_movements as m
join connections as c on c.account_id = m.account_id and c.connection_id = m.connection_id
left join staging.orders as o
    on o.account_id = m.account_id and o.store_id = c.destination_store_id and o.order_id = m.order_id
left join staging.line_items as i
    on i.account_id = m.account_id
    and i.store_id = c.destination_store_id
    and i.line_item_id = m.origin_id
    and m.origin = 'line_item'
left join lateral (
    select d.sku
    from staging.variants as d
    where d.account_id = m.account_id
        and d.store_id = c.destination_store_id
        and d.inventory_item_id = m.destination_item_id
    order by d.variant_id
    limit 1
) as v on true
left join staging.locations as l
    on l.account_id = m.account_id and l.store_id = c.destination_store_id and l.location_id = m.location_id
left join staging.locations as s
    on s.account_id = m.account_id and s.store_id = c.source_store_id and s.location_id = m.source_location_id
where m.account_id = :account_id::integer
    and (:connection_id::integer is null or m.connection_id = :connection_id::integer)
    and (:movements::bigint[] is null or m.movement_id = any (:movements::bigint[]))
    and case :which::text
        when 'open' then m.closed_at is null
        when 'closed' then m.closed_at is not null
        when 'old' then m.closed_at is null and m.known_at < now() - interval '30 days'
        else true
    end
order by m.known_at, m.movement_id
limit :limit::integer
