-- Ids of a page of a destination's orders, the newest first. A source's side has those alone that were pushed to it (rule 91).
select
    o.order_id,
    o.name,
    o.created_at
from staging.orders as o
left join order_pushes as p
    on p.account_id = o.account_id and p.connection_id = :connection_id and p.destination_order_id = o.order_id
where o.account_id = :account_id
    and o.store_id = :destination
    and (:order_id::bigint is null or o.order_id = :order_id::bigint)
    and (not :pushed_only::boolean or p.state in ('answered', 'drafted'))
    and (
        :push_state::text is null
        or :push_state::text = case
            when p.state in ('answered', 'drafted') then 'pushed'
            when o.cancelled_at is not null then 'cancelled'
            else 'not_pushed'
        end
    )
    and (:pattern::text is null or o.name ilike :pattern::text or p.source_order_name ilike :pattern::text)
    and (:before_id::bigint is null or (o.created_at, o.order_id) < (:before_at::timestamptz, :before_id::bigint))
order by o.created_at desc, o.order_id desc
limit :limit
