-- Orders of some destinations by the day on which they were placed, in a zone: how many, and what they are worth by currency.
-- Test orders are none, nor are cancelled ones.
select
    (o.created_at at time zone :zone::text)::date::text as day,
    o.currency,
    count(*)::integer as orders,
    coalesce(sum(o.total), 0) as value
from staging.orders as o
where o.account_id = :account_id::integer
    and o.store_id = any (:destinations::integer[])
    and not o.test
    and o.cancelled_at is null
    and o.created_at >= :from_day::date::timestamp at time zone :zone::text
    and o.created_at < (:to_day::date + 1)::timestamp at time zone :zone::text
group by 1, 2
order by 1, 2
