-- Lines of twins as the source's own orders name them: those that an answer did not hold.
update order_push_lines as l
set
    source_line_item_id = i.line_item_id,
    source_location_id = coalesce(
        (
            select min(f.location_id)
            from staging.fulfillment_order_lines as p
            join staging.fulfillment_orders as f
                on f.account_id = p.account_id
                and f.store_id = p.store_id
                and f.fulfillment_order_id = p.fulfillment_order_id
            where p.account_id = i.account_id and p.store_id = i.store_id and p.line_item_id = i.line_item_id
        ),
        l.source_location_id
    )
from order_pushes as u
join connections as c on c.account_id = u.account_id and c.connection_id = u.connection_id
join staging.line_items as i
    on i.account_id = c.account_id and i.store_id = c.source_store_id and i.order_id = u.source_order_id
where u.account_id = :account_id::integer
    and u.connection_id = :connection_id::integer
    and u.state = 'answered'
    and l.account_id = u.account_id
    and l.order_push_id = u.order_push_id
    and l.source_line_item_id is null
    and i.mark = l.line_item_id::text || '/' || l.part::text
