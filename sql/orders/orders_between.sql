-- Orders of a destination that were made from one time on until another and are not at the source yet (rule 70).
select o.order_id, o.name
from connections as c
join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
where c.account_id = :account_id::integer
    and c.connection_id = :connection_id::integer
    and o.created_at >= :from::timestamptz
    and o.created_at < :until::timestamptz
    and not exists (
        select from order_pushes as p
        where p.account_id = c.account_id
            and p.connection_id = c.connection_id
            and p.destination_order_id = o.order_id
            and p.state in ('answered', 'drafted')
    )
order by o.created_at, o.order_id
