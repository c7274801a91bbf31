-- What a source was sent most orders of, by units, with how many items there were at all; without those that their destination cancelled.
with

pushed as (
    select
        l.source_variant_id,
        coalesce(p.currency, s.currency) as currency,
        s.store_id,
        sum(l.units)::integer as units,
        sum(l.units * l.unit_price) as value
    from order_pushes as p
    join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
    join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
    join order_push_lines as l on l.account_id = p.account_id and l.order_push_id = p.order_push_id
    left join staging.orders as o
        on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = p.destination_order_id
    where p.account_id = :account_id::integer
        and p.connection_id = any (:connections::integer[])
        and p.state in ('answered', 'drafted')
        and o.cancelled_at is null
        and coalesce(p.told_at, p.first_sent_at) >= :from_day::date::timestamp at time zone :zone::text
        and coalesce(p.told_at, p.first_sent_at) < (:to_day::date + 1)::timestamp at time zone :zone::text
    group by 1, 2, 3
),

top as (
    select
        *,
        (sum(units) over ())::integer as all_units,
        (count(*) over ())::integer as all_items
    from pushed
    order by units desc, value desc nulls last, source_variant_id
    limit :limit::integer
)

select
    coalesce(p.title, 'no longer at the source') as title,
    v.sku,
    t.units,
    t.value,
    t.currency,
    t.all_units,
    t.all_items
from top as t
left join staging.variants as v
    on v.account_id = :account_id::integer and v.store_id = t.store_id and v.variant_id = t.source_variant_id
left join staging.products as p
    on p.account_id = v.account_id and p.store_id = v.store_id and p.product_id = v.product_id
order by t.units desc, t.value desc nulls last, t.source_variant_id
