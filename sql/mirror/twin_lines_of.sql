-- Lines of a twin by the destination's, the parts in their order.
select
    l.line_item_id,
    l.part,
    l.factor,
    coalesce(l.source_line_item_id, i.line_item_id) as source_line_item_id
from order_push_lines as l
join order_pushes as p on p.account_id = l.account_id and p.order_push_id = l.order_push_id
join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
left join staging.line_items as i
    on i.account_id = l.account_id
    and i.store_id = c.source_store_id
    and i.order_id = p.source_order_id
    and i.mark = l.line_item_id || '/' || l.part
    and l.source_line_item_id is null
where l.account_id = :account_id::integer and l.order_push_id = :order_push_id::bigint
order by l.line_item_id, l.part
