-- Which mirror tells the source of what came back, or brought it from there (rules 22 to 24): a refund's own, or the
-- cancellation of the order, whichever store it began at. orders: null for all.
with

backs as (
    select m.movement_id, m.origin, m.origin_id, m.kind, p.order_push_id, o.cancelled_at, r.refund_id, r.note, r.created_at
    from stock_movements as m
    join connections as c on c.account_id = m.account_id and c.connection_id = m.connection_id
    join order_pushes as p
        on p.account_id = m.account_id
        and p.connection_id = m.connection_id
        and p.destination_order_id = m.order_id
        and p.state = 'answered'
    join staging.orders as o
        on o.account_id = m.account_id and o.store_id = c.destination_store_id and o.order_id = m.order_id
    left join staging.refund_lines as l
        on l.account_id = m.account_id
        and l.store_id = c.destination_store_id
        and l.refund_line_id = m.origin_id
        and m.origin = 'refund_line'
    left join staging.refunds as r
        on r.account_id = l.account_id and r.store_id = l.store_id and r.refund_id = l.refund_id
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.closed_at is null
        and m.told_at is null
        and m.mirror_id is null
        and (m.units > 0 or m.kind = 'restock')
),

found as (
    select distinct on (b.movement_id) b.movement_id, i.mirror_id
    from backs as b
    join mirror_intents as i on i.account_id = :account_id::integer and i.order_push_id = b.order_push_id
    where (
            b.refund_id is not null
            and i.kind in ('refund', 'return_process', 'cancel_lines')
            and (
                (i.towards = 'source' and i.origin_id = b.refund_id)
                or (
                    i.towards = 'destination'
                    and (i.target_id = b.refund_id or position('[' || i.key || ']' in b.note) > 0)
                )
            )
        )
        or (
            i.kind = 'cancel'
            and b.cancelled_at is not null
            and (b.refund_id is null or b.created_at >= b.cancelled_at)
        )
    order by b.movement_id, i.kind = 'cancel', i.mirror_id
)

update stock_movements as m
set mirror_id = f.mirror_id, changed_at = now()
from found as f
where m.account_id = :account_id::integer and m.movement_id = f.movement_id
