-- Lines of an order of a destination, with what the gates say of each, and the parts of it that were pushed.
select
    i.line_item_id,
    i.sku,
    i.title,
    i.quantity,
    i.current_quantity,
    g.source_sku,
    g.matched_by,
    g.factor,
    case
        when t.pushed > 0 then 'pushed'
        when g.source_variant_id is null and g.reason is null then 'stays'
        when g.reason is null then 'travels'
        else 'refused'
    end as line_state,
    case when coalesce(t.pushed, 0) = 0 then g.reason end as reason,
    coalesce(t.pushed, 0)::integer as units_pushed
from connections as c
join staging.line_items as i
    on i.account_id = c.account_id and i.store_id = c.destination_store_id and i.order_id = :order_id::bigint
left join gated_lines as g on g.line_item_id = i.line_item_id
left join lateral (
    select sum(l.units) as pushed
    from order_pushes as p
    join order_push_lines as l on l.account_id = p.account_id and l.order_push_id = p.order_push_id
    where p.account_id = c.account_id
        and p.connection_id = c.connection_id
        and p.destination_order_id = i.order_id
        and p.state in ('answered', 'drafted')
        and l.line_item_id = i.line_item_id
) as t on true
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
order by i.line_item_id
