-- Which line of a twin stands for which of the destination's order: told by the answer to the push, else by its mark.
create temp table twin_lines on commit drop as
select
    t.order_push_id,
    l.line_item_id,
    l.part,
    l.factor,
    l.units,
    l.bought,
    coalesce(l.source_line_item_id, i.line_item_id) as source_line_item_id
from twins as t
join order_push_lines as l on l.account_id = :account_id::integer and l.order_push_id = t.order_push_id
left join staging.line_items as i
    on i.account_id = l.account_id
    and i.store_id = :source::integer
    and i.order_id = t.source_order_id
    and i.mark = l.line_item_id || '/' || l.part
    and l.source_line_item_id is null;
