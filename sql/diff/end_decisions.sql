-- What a person said of a figure of stock ends once another is wanted there, whether or not it is wanted again later (rule
-- 88): else the store would go on selling what the source has no more. What stands there counts as written then, so that
-- each figure after it is one that the source moved to. Of a figure in doubt nobody knows what is wanted, and one of a product
-- that is taken off sale is wanted for another reason (ends.sql, empty_hidden.sql).
with

ended as (
    delete from decisions as d
    using level_rows as r
    join offered as o
        on o.product_id = r.source_product_id
        and (o.gate is null or (o.gate = 'hidden' and :hidden_stock::text = 'lower'))
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.entity = 'level'
        and d.action = 'update'
        and d.decision <> 'keep'
        and d.item_id = r.inventory_item_id
        and d.location_id = r.location_id
        and r.waits is null
        and r.next_doubt_at is null
        and as_json(r.desired_available) is distinct from d.desired
    returning d.item_id, d.location_id
)

update baseline.levels as b
set wrote_available = b.saw_available
from ended as e
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.inventory_item_id = e.item_id
    and b.location_id = e.location_id
