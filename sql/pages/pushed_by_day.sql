-- Orders that reached the sources of some connections, by the day on which they did, in a zone: how many, their goods and
-- units as they were pushed, by the connection and the source's currency; without those that their destination cancelled.
select
    (coalesce(p.told_at, p.first_sent_at) at time zone :zone::text)::date::text as day,
    p.connection_id,
    coalesce(p.currency, s.currency) as currency,
    count(*)::integer as orders,
    coalesce(sum(p.lines_total), 0) as value,
    coalesce(sum(u.units), 0)::integer as units
from order_pushes as p
join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
left join staging.orders as o
    on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = p.destination_order_id
cross join lateral (
    select sum(l.units) as units
    from order_push_lines as l
    where l.account_id = p.account_id and l.order_push_id = p.order_push_id
) as u
where p.account_id = :account_id::integer
    and p.connection_id = any (:connections::integer[])
    and p.state in ('answered', 'drafted')
    and o.cancelled_at is null
    and coalesce(p.told_at, p.first_sent_at) >= :from_day::date::timestamp at time zone :zone::text
    and coalesce(p.told_at, p.first_sent_at) < (:to_day::date + 1)::timestamp at time zone :zone::text
group by 1, 2, 3
order by 1, 2, 3
