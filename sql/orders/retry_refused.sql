-- Pushes that the source refused and that may go through now: it may have got stock, or the order was mended.
update order_pushes as p
set state = 'planned', changed_at = now()
from connections as c
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.state = 'refused'
    and c.account_id = p.account_id
    and c.connection_id = p.connection_id
    and (
        p.reason = 'STOCK_REFUSED'
        or exists (
            select from staging.orders as o
            where o.account_id = c.account_id
                and o.store_id = c.destination_store_id
                and o.order_id = p.destination_order_id
                and o.changed_at > p.changed_at
        )
    )
