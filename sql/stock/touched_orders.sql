-- Orders of a destination to count anew: those of which anything moved since, and those whose movements are still to be sent.
select array_agg(distinct order_id) as orders
from (
    select order_id
    from staging.orders
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union all
    select order_id
    from staging.line_items
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union all
    select order_id
    from staging.fulfillment_orders
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union all
    select f.order_id
    from staging.fulfillment_order_lines as l
    join staging.fulfillment_orders as f
        on f.account_id = l.account_id and f.store_id = l.store_id and f.fulfillment_order_id = l.fulfillment_order_id
    where l.account_id = :account_id::integer and l.store_id = :destination::integer and l.changed_at > :since::timestamptz
    union all
    select order_id
    from staging.refunds
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union all
    select order_id
    from staging.fulfillments
    where account_id = :account_id::integer and store_id = :destination::integer and changed_at > :since::timestamptz
    union all
    select order_id
    from stock_movements
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and closed_at is null
        and sent_at is null
        and order_id is not null
) as o
