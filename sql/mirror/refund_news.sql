-- Refunds of twins at both stores that are nobody's but the people's there: not from before the push, not made by us (their
-- note has our key, or they are what a mirror ended in), and not of an order at which a refund of ours may just have been made.
create temp table refund_news on commit drop as
with

refunds as (
    select t.order_push_id, 'destination' as at, r.refund_id, r.created_at, r.amount, r.note, r.return_id,
        coalesce(r.created_at >= t.destination_cancelled_at, false) as of_cancel
    from twins as t
    join staging.refunds as r
        on r.account_id = :account_id::integer and r.store_id = :destination::integer and r.order_id = t.destination_order_id
    where r.refund_id <> all (t.refunds_before)
    union all
    select t.order_push_id, 'source', r.refund_id, r.created_at, r.amount, r.note, r.return_id,
        coalesce(r.created_at >= t.source_cancelled_at, false)
    from twins as t
    join staging.refunds as r
        on r.account_id = :account_id::integer and r.store_id = :source::integer and r.order_id = t.source_order_id
)

select
    r.order_push_id,
    r.at,
    r.refund_id,
    r.created_at,
    coalesce(r.amount, 0) as amount,
    -- returns that are not carried are refunds like others
    case when :returns::boolean then r.return_id end as return_id,
    r.of_cancel,
    -- what all of them come to, this one included, and whether it is the last
    sum(coalesce(r.amount, 0)) over (partition by r.order_push_id, r.at order by r.created_at, r.refund_id) as through,
    row_number() over (partition by r.order_push_id, r.at order by r.created_at desc, r.refund_id desc) = 1 as is_last
from refunds as r
where not exists (
    select from mirror_intents as i
    where i.account_id = :account_id::integer
        and i.order_push_id = r.order_push_id
        and i.towards = r.at
        and (
            (i.target_id = r.refund_id and i.kind in ('refund', 'refund_money', 'cancel_lines', 'return_process'))
            or position('[' || i.key || ']' in r.note) > 0
            or (
                i.kind in ('refund', 'refund_money', 'cancel_lines', 'return_process')
                and (i.state in ('sent', 'unknown') or (i.state = 'held' and i.reason = 'SEVERAL_MATCH'))
            )
            -- it came with a cancellation of ours
            or (i.kind = 'cancel' and r.of_cancel and i.state in ('sent', 'unknown', 'answered')
                and (r.amount is null or r.amount = 0 or (i.payload -> 'refund')::boolean))
        )
);
