-- Lines that wait and speak of the products concerned are of a state that is over: the next comparison, of everything, makes
-- them anew. Until then nothing is written of what was unlinked, and nothing made of what has a partner now.
with

products as (
    select s_product as product_id from judged_rows where action is not null
    union
    select u.source_product_id
    from unlinked_variants as u
    where u.account_id = :account_id::integer and u.connection_id = :connection_id::integer and u.upload_id = :upload_id::bigint
)

update changes as c
set status = 'superseded', message = format('links of this product were changed by upload %s', :upload_id::bigint)
from products as p, change_sets as s
where s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and s.state in ('held', 'approved')
    and c.account_id = s.account_id
    and c.change_set_id = s.change_set_id
    and c.source_product_id = p.product_id
    and c.status in ('proposed', 'held', 'approved', 'settling', 'stale_source', 'blocked')
