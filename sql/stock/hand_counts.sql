-- What hands changed at a destination, as long ago as any order of it would be known by now (D4 two_way): units of the source
-- by which the figure is off what we last wrote and the sales known since.
select
    r.inventory_item_id,
    r.location_id,
    r.source_item_id,
    k.source_location_id,
    r.factor,
    (r.actual_available - r.expected_available) * r.factor as units,
    r.actual_available,
    r.moved_at,
    r.read_at
from level_rows as r
join location_links as k
    on k.account_id = :account_id::integer
    and k.connection_id = :connection_id::integer
    and k.destination_location_id = r.location_id
where r.known
    -- a sale after the orders were read is nobody's count, and the index from which they came may lag
    and r.moved_at <= (
        select max(n.read_at) - interval '10 minutes'
        from snapshots as n
        join connections as c
            on c.account_id = n.account_id
            and c.connection_id = :connection_id::integer
            and c.destination_store_id = n.store_id
        where n.account_id = :account_id::integer and n.operation = 'orders' and n.state = 'complete'
    )
    and r.unsettled = '{}'
    and r.is_unexplained
    and not r.has_just_moved
    and r.actual_available <> r.expected_available
