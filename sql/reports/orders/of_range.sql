-- Orders of a connection's destination made on some days, both included, in a zone (rule 84).
select o.order_id
from connections as c
join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and o.created_at >= :from_day::date::timestamp at time zone :zone::text
    and o.created_at < (:to_day::date + 1)::timestamp at time zone :zone::text
