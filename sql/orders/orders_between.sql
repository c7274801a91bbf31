-- Orders of a destination that were made from one time on until another (rule 70).
select o.order_id, o.name
from connections as c
join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and o.created_at >= :from::timestamptz
    and o.created_at < :until::timestamptz
order by o.created_at, o.order_id
