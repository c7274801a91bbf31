-- Pushes of orders that the source refused, or that wait for a person.
select order_push_id
from order_pushes
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and destination_order_id = any (:order_ids::bigint[])
    and state in ('refused', 'unresolved')
