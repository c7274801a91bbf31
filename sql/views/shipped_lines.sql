-- Units of lines that went out in parcels; one that was cancelled or failed took none.
create or replace view shipped_lines as
select l.account_id, l.store_id, f.order_id, l.line_item_id, l.quantity, f.created_at
from staging.fulfillment_lines as l
join staging.fulfillments as f
    on f.account_id = l.account_id and f.store_id = l.store_id and f.fulfillment_id = l.fulfillment_id
where f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
