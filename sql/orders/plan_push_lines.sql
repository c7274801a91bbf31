insert into order_push_lines (
    account_id, order_push_id, line_item_id, part, source_variant_id, factor, units, unit_price, bought
)
select
    :account_id::integer,
    :order_push_id::bigint,
    g.line_item_id,
    g.part,
    g.source_variant_id,
    g.factor,
    g.units,
    g.price,
    -- what edits are measured from: units of the line now, refunded ones added back (rule 67)
    (
        select i.current_quantity + coalesce(sum(r.quantity), 0)
        from order_pushes as p
        join connections as c on c.account_id = p.account_id and c.connection_id = p.connection_id
        join staging.line_items as i
            on i.account_id = c.account_id and i.store_id = c.destination_store_id and i.line_item_id = g.line_item_id
        left join staging.refund_lines as r
            on r.account_id = i.account_id and r.store_id = i.store_id and r.line_item_id = i.line_item_id
        where p.account_id = :account_id::integer and p.order_push_id = :order_push_id::bigint
        group by i.current_quantity
    )
from jsonb_to_recordset(:lines::jsonb) as g (
    line_item_id bigint, part integer, source_variant_id bigint, factor integer, units integer, price numeric
)
