-- Orders of a destination since it was accepted, by fulfilment and by what became of them at the source.
select
    lower(coalesce(o.fulfillment_status, 'unfulfilled')) as fulfillment_status,
    case
        when p.state in ('answered', 'drafted') then 'pushed'
        when o.cancelled_at is not null then 'cancelled'
        else 'not_pushed'
    end as push_state,
    count(*)::integer as orders
from connections as c
join staging.orders as o
    on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.created_at >= c.accepted_at
left join order_pushes as p
    on p.account_id = c.account_id and p.connection_id = c.connection_id and p.destination_order_id = o.order_id
where c.account_id = :account_id
    and c.connection_id = :connection_id
    and (not :pushed_only::boolean or p.state in ('answered', 'drafted'))
group by 1, 2
order by 3 desc, 1, 2
