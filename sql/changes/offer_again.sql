-- Forgets what a person said of the creation of a product. The next comparison looks at it, though nothing of it moved.
with forgotten as (
    delete from decisions as d
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.entity = 'product'
        and d.action = 'create'
        and d.item_id = :product_id::bigint
        and d.decision in ('reject', 'keep', 'roll_back')
    returning d.item_id
)

update staging.products as p
set changed_at = now()
from forgotten as f
where p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = f.item_id
