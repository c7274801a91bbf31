-- What waits at a connection, and its orders of the last 30 days.
select
    (
        select count(*) from change_sets as h
        where h.account_id = c.account_id and h.connection_id = c.connection_id and h.state = 'held'
    )::integer as held_sets,
    (
        select count(*) from order_pushes as p
        where p.account_id = c.account_id
            and p.connection_id = c.connection_id
            and p.state in ('answered', 'drafted')
            and p.told_at > now() - interval '30 days'
    )::integer as pushed,
    case when :orders::boolean then (
        select count(*) from staging.orders as o
        where o.account_id = c.account_id
            and o.store_id = c.destination_store_id
            and o.created_at > greatest(now() - interval '30 days', c.accepted_at)
    ) end::integer as orders,
    (
        select max(e.at) from audit_events as e
        where e.account_id = c.account_id and e.connection_id = c.connection_id
    ) as last_at
from connections as c
where c.account_id = :account_id and c.connection_id = :connection_id
