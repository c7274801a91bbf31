-- Every quantity that was written, with what it came from. What the source had and what was under way are told as they were
-- then, as far as that can still be known; both are none of a destination's business.
with

connection as materialized (
    select c.account_id, c.connection_id, c.source_store_id, c.destination_store_id
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

written as (
    select
        l.change_id, l.item_id, l.location_id, l.label, l.origin, l.rule, l.inputs, l.from_sales, l.applied_at, s.run_id,
        (l.before #>> '{}')::numeric as before,
        (coalesce(l.saw, l.after) #>> '{}')::numeric as after
    from report_sets as s
    join changes as l on l.account_id = s.account_id and l.change_set_id = s.change_set_id
    where l.entity = 'level'
        and l.action = 'update'
        and l.field = 'available'
        and l.applied_at is not null
        and l.status in ('applied', 'as_stored', 'rolled_back')
)

select
    iso_time(w.applied_at, :zone::text) as applied_at,
    t.domain as dest_store,
    k.name as location,
    w.label as sku,
    w.before,
    w.after - w.before as movement,
    w.after,
    case when :side::text is distinct from 'destination' then a.available end as source_available,
    case when :side::text is distinct from 'destination' then coalesce(m.units, 0) end as in_flight_units,
    substring(w.inputs from '(\d+) kept') as buffer,
    case
        when w.from_sales then 'sale'
        when w.origin in ('dest_edited', 'both') then 'drift_revert'
        when w.origin = 'rule_changed' then 'rule'
        when w.origin in ('person', 'rollback') then 'manual'
        when e.kind = 'restock' and e.is_cancelled then 'cancel'
        when e.kind = 'restock' then 'refund'
        when w.after > w.before then 'restock'
        else 'manual'
    end as reason,
    w.rule as rule_name,
    e.name as order_ref,
    w.run_id
from written as w
cross join connection as c
join stores as t on t.account_id = c.account_id and t.store_id = c.destination_store_id
left join staging.locations as k
    on k.account_id = c.account_id and k.store_id = c.destination_store_id and k.location_id = w.location_id
left join lateral (
    select s.inventory_item_id
    from staging.variants as d
    join variant_links as l
        on l.account_id = d.account_id and l.connection_id = c.connection_id and l.destination_variant_id = d.variant_id
    join staging.variants as s
        on s.account_id = l.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
    where d.account_id = c.account_id and d.store_id = c.destination_store_id and d.inventory_item_id = w.item_id
    order by d.variant_id
    limit 1
) as i on true
-- only where it has not moved since
left join lateral (
    select case when max(f.changed_at) <= w.applied_at then sum(f.available) end as available
    from location_links as o
    join staging.levels as f
        on f.account_id = o.account_id
        and f.store_id = c.source_store_id
        and f.inventory_item_id = i.inventory_item_id
        and f.location_id = o.source_location_id
    where o.account_id = c.account_id
        and o.connection_id = c.connection_id
        and o.destination_location_id = w.location_id
) as a on true
-- what all destinations had moved and the source did not show yet
left join lateral (
    select sum(o.units) as units
    from stock_movements as o
    where o.account_id = c.account_id
        and o.source_item_id = i.inventory_item_id
        and o.created_at <= w.applied_at
        and (o.closed_at is null or o.closed_at > w.applied_at)
) as m on true
-- this destination's own last order that moved it
left join lateral (
    select o.kind, r.name, r.cancelled_at is not null as is_cancelled
    from stock_movements as o
    join staging.orders as r
        on r.account_id = o.account_id and r.store_id = c.destination_store_id and r.order_id = o.order_id
    where o.account_id = c.account_id
        and o.connection_id = c.connection_id
        and o.source_item_id = i.inventory_item_id
        and o.created_at between w.applied_at - interval '1 day' and w.applied_at
        and (o.units < 0) = (w.after < w.before)
        -- a source knows the orders that were pushed to it (rule 91)
        and (
            :side::text is distinct from 'source'
            or exists (
                select from order_pushes as u
                where u.account_id = o.account_id
                    and u.connection_id = o.connection_id
                    and u.destination_order_id = o.order_id
                    and u.state in ('answered', 'drafted')
            )
        )
    order by o.movement_id desc
    limit 1
) as e on w.origin in ('source_changed', 'first_sync') or w.from_sales
order by w.applied_at, w.change_id
