-- What is to be sent now, in the order in which it can be done. Nothing goes to a twin of which something is unanswered; money
-- goes after the units it is for.
select
    i.mirror_id,
    i.order_push_id,
    i.kind,
    i.towards,
    i.origin_id,
    i.location_id,
    i.n,
    i.payload,
    i.key,
    i.tries,
    i.target_id,
    i.amount::text as amount,
    i.currency,
    i.event_at,
    i.approved_by,
    i.first_sent_at,
    p.destination_order_id,
    p.source_order_id
from mirror_intents as i
join order_pushes as p on p.account_id = i.account_id and p.order_push_id = i.order_push_id
where i.account_id = :account_id::integer
    and i.connection_id = :connection_id::integer
    and i.state = 'planned'
    and i.towards = any (:towards::text[])
    and not exists (
        select from mirror_intents as u
        where u.account_id = i.account_id
            and u.order_push_id = i.order_push_id
            and u.towards = i.towards
            and u.state in ('sent', 'unknown')
    )
    and (
        i.kind <> 'refund_money'
        or i.towards = 'source'
        or not exists (
            select from mirror_intents as u
            where u.account_id = i.account_id
                and u.order_push_id = i.order_push_id
                and u.towards = i.towards
                and u.origin_id = i.origin_id
                and u.kind <> 'refund_money'
                and u.n = 0
                and u.state not in ('answered', 'adopted')
        )
    )
    and i.mirror_id <> all (:tried::bigint[])
order by
    i.order_push_id,
    array_position(
        array[
            'fulfillment', 'tracking', 'unship', 'refund', 'edit', 'return', 'return_step', 'return_process', 'cancel_lines',
            'cancel', 'refund_money'
        ],
        i.kind
    ) + case when i.kind = 'return_step' and i.payload ->> 'step' in ('close', 'reopen') then 1.5 else 0 end,
    i.event_at,
    i.origin_id,
    i.mirror_id
