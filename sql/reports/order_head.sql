-- Whom a report of orders is about, and how fresh what it reads is.
with

read_until as (
    select store_id, max(read_at) as read_at
    from snapshots
    where account_id = :account_id::integer and state = 'complete' and operation = 'orders'
    group by store_id
)

select
    c.connection_id,
    c.state,
    c.ending,
    c.settings ->> 'orders' as orders,
    iso_time(c.accepted_at, :zone::text) as accepted_at,
    d.domain as destination,
    s.domain as source,
    iso_time(now(), :zone::text) as made_at,
    iso_time(theirs.read_at, :zone::text) as destination_read_at,
    iso_time(ours.read_at, :zone::text) as source_read_at,
    (
        select iso_time(min(o.created_at), :zone::text)
        from staging.orders as o
        where o.account_id = c.account_id and o.store_id = c.destination_store_id
    ) as oldest_order_at
from connections as c
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
left join read_until as theirs on theirs.store_id = c.destination_store_id
left join read_until as ours on ours.store_id = c.source_store_id
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
