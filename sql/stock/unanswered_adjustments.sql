-- Adjustments whose answer is not known. Shopify forgets their keys after 24 hours: until 20 they are repeated as they were.
select
    k.call_id,
    k.movement_id,
    k.variables::text as variables,
    k.sent_at > :now::timestamptz - interval '20 hours' as repeatable
from calls as k
join stock_movements as m on m.account_id = k.account_id and m.movement_id = k.movement_id
where k.account_id = :account_id::integer
    and k.store_id = :store_id::integer
    and k.state in ('sent', 'unknown')
    and m.closed_at is null
order by k.call_id
