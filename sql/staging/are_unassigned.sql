-- Whether lines of orders are known that are in no fulfilment order we read, and may be in one that the last reading of them
-- was too early to show, or its index (rule 21a).
select exists (
    select
    from staging.orders as o
    join staging.line_items as i on i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    where o.account_id = :account_id::integer
        and o.store_id = :store_id::integer
        and o.updated_at > (
            select max(read_at) - interval '10 minutes'
            from snapshots
            where account_id = :account_id::integer
                and store_id = :store_id::integer
                and operation = 'fulfillment_orders'
                and state = 'complete'
        )
        and not exists (
            select
            from staging.fulfillment_order_lines as l
            where l.account_id = i.account_id and l.store_id = i.store_id and l.line_item_id = i.line_item_id
        )
) as is_so
