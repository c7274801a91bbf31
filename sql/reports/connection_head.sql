-- Whom a report is about.
select
    c.connection_id,
    c.state,
    c.ending,
    c.settings ->> 'orders' as orders,
    iso_time(c.accepted_at, :zone::text) as accepted_at,
    iso_time(c.compared_at, :zone::text) as compared_at,
    d.domain as destination,
    s.domain as source,
    iso_time(now(), :zone::text) as made_at
from connections as c
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
