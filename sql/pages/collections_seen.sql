-- Collections of a source as last read, with how many of their products a connection has linked. A destination's side has
-- those alone of which something is linked (rule 91).
select
    c.collection_id,
    coalesce(c.title, c.handle, c.collection_id::text) as title,
    n.products,
    n.linked
from staging.collections as c
cross join lateral (
    select
        count(*)::integer as products,
        count(l.source_product_id)::integer as linked
    from staging.collection_products as cp
    left join product_links as l
        on l.account_id = cp.account_id
        and l.connection_id = :connection_id::integer
        and l.source_product_id = cp.product_id
    where cp.account_id = c.account_id and cp.store_id = c.store_id and cp.collection_id = c.collection_id
) as n
where c.account_id = :account_id::integer
    and c.store_id = :source::integer
    and n.products > 0
    and (not :linked_only::boolean or n.linked > 0)
order by 2, 1
limit 500
