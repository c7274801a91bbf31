-- What rules of scope ask of a source product. The collections are looked up only where a rule asks for them.
create or replace view source_facts as
select
    p.account_id,
    p.store_id,
    p.product_id,
    p.vendor,
    p.product_type,
    p.tags,
    p.handle,
    (
        select array_agg(c.handle) || array_agg(c.collection_id::text)
        from staging.collection_products as cp
        join staging.collections as c
            on c.account_id = cp.account_id and c.store_id = cp.store_id and c.collection_id = cp.collection_id
        where cp.account_id = p.account_id and cp.store_id = p.store_id and cp.product_id = p.product_id
    ) as collections
from staging.products as p;
