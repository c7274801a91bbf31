-- What the destination took back into its stock of those lines, by refund line (rules 22 to 24).
create temp table given_back on commit drop as
select
    s.order_id,
    s.line_item_id,
    s.source_product_id,
    s.factor,
    s.source_item_id,
    s.destination_item_id,
    s.location_id as sold_at,
    r.refund_line_id,
    coalesce(r.location_id, s.location_id) as location_id,
    r.quantity,
    r.restock_type,
    f.created_at
from sold as s
join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
join staging.refund_lines as r
    on r.account_id = c.account_id
    and r.store_id = c.destination_store_id
    and r.line_item_id = s.line_item_id
    and r.restock_type in ('CANCEL', 'RETURN')
join staging.refunds as f on f.account_id = r.account_id and f.store_id = r.store_id and f.refund_id = r.refund_id
where s.place = 1;
