-- Orders of a destination as people look at them, with what the gates say (made before), the newest first.
select
    c.connection_id,
    o.order_id,
    o.name,
    o.created_at,
    o.financial_status,
    o.fulfillment_status,
    o.total,
    o.currency,
    case
        when p.state in ('answered', 'drafted') then 'pushed'
        when o.cancelled_at is not null then 'cancelled'
        else 'not_pushed'
    end as push_state,
    p.state as intent,
    case when p.state is null or p.state not in ('answered', 'drafted') then g.reason end as reason,
    p.detail,
    p.source_order_id,
    p.source_order_name,
    p.kind,
    p.mode,
    coalesce(p.attempts, 0) as attempts,
    p.first_sent_at,
    p.told_at,
    a.decision
from gated_orders as g
join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
join staging.orders as o
    on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = g.order_id
left join order_pushes as p
    on p.account_id = c.account_id and p.connection_id = c.connection_id and p.destination_order_id = o.order_id
left join order_decisions as a
    on a.account_id = c.account_id and a.connection_id = c.connection_id and a.order_id = o.order_id
where (
        :push_state::text is null
        or :push_state::text = case
            when p.state in ('answered', 'drafted') then 'pushed'
            when o.cancelled_at is not null then 'cancelled'
            else 'not_pushed'
        end
    )
    and (
        :reason::text is null
        or (:reason::text = g.reason and (p.state is null or p.state not in ('answered', 'drafted')))
    )
order by o.created_at desc, o.order_id desc
limit :limit::integer
