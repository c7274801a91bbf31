update changes as c
set depends_on = made.change_id
from changes as made
where c.account_id = :account_id::integer
    and c.change_set_id = any (:sets::bigint[])
    and c.entity = 'product'
    and c.action = 'update'
    and c.destination_product_id is null
    and made.account_id = c.account_id
    and made.change_set_id = c.change_set_id
    and made.entity = 'product'
    and made.action = 'create'
    and made.item_id = c.item_id;
