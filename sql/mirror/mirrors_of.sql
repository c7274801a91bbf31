-- Mirrors as people look at them, the oldest first.
select
    i.mirror_id,
    i.connection_id,
    i.order_push_id,
    i.kind,
    i.towards,
    d.name as order_name,
    p.source_order_name,
    i.state,
    i.reason,
    i.detail,
    i.amount::text as amount,
    i.currency,
    i.event_at,
    i.planned_at,
    i.sent_at,
    i.told_at,
    i.approved_by
from mirror_intents as i
join order_pushes as p on p.account_id = i.account_id and p.order_push_id = i.order_push_id
join connections as c on c.account_id = i.account_id and c.connection_id = i.connection_id
left join staging.orders as d
    on d.account_id = i.account_id and d.store_id = c.destination_store_id and d.order_id = p.destination_order_id
where i.account_id = :account_id::integer
    and (:connection_id::integer is null or i.connection_id = :connection_id::integer)
    and (:states::text[] is null or i.state = any (:states::text[]))
    and (:orders::text[] is null or d.name = any (:orders::text[]))
order by i.mirror_id
limit :limit::integer
