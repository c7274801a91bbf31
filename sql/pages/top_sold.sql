-- What some destinations sold most of, by units, with how many items were sold at all.
with

sold as (
    select
        coalesce(nullif(i.sku, ''), i.title) as item,
        o.currency,
        max(i.title) as title,
        max(i.sku) as sku,
        sum(i.current_quantity)::integer as units,
        sum(i.unit_price * i.current_quantity) as value
    from staging.orders as o
    join staging.line_items as i
        on i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    where o.account_id = :account_id::integer
        and o.store_id = any (:destinations::integer[])
        and not o.test
        and o.cancelled_at is null
        and o.created_at >= :from_day::date::timestamp at time zone :zone::text
        and o.created_at < (:to_day::date + 1)::timestamp at time zone :zone::text
        and i.current_quantity > 0
    group by 1, 2
)

select
    title,
    sku,
    units,
    value,
    currency,
    (sum(units) over ())::integer as all_units,
    (count(*) over ())::integer as all_items
from sold
order by units desc, value desc nulls last, item
limit :limit::integer
