-- Shopify counts no levels: the items they are of are counted against the variants last read (rule 73).
select
    (select count(distinct inventory_item_id) from incoming_levels) as levelled,
    count(distinct inventory_item_id) as items
from staging.variants
where account_id = :account_id and store_id = :store_id
