-- What was sent and never answered: it is looked up before anything else happens to its twin (rule 68).
select
    i.mirror_id,
    i.order_push_id,
    i.kind,
    i.towards,
    i.origin_id,
    i.location_id,
    i.n,
    i.payload,
    i.variables::text as variables,
    i.key,
    i.tries,
    i.target_id,
    i.amount::text as amount,
    i.currency,
    i.event_at,
    i.approved_by,
    i.first_sent_at,
    i.sent_at,
    p.destination_order_id,
    p.source_order_id,
    (
        select coalesce(array_agg(k.target_id), '{}')
        from mirror_intents as k
        where k.account_id = i.account_id
            and k.order_push_id = i.order_push_id
            and k.towards = i.towards
            and k.target_id is not null
    ) as known
from mirror_intents as i
join order_pushes as p on p.account_id = i.account_id and p.order_push_id = i.order_push_id
where i.account_id = :account_id::integer
    and i.connection_id = :connection_id::integer
    and i.state in ('sent', 'unknown')
    and i.towards = any (:towards::text[])
order by i.mirror_id
