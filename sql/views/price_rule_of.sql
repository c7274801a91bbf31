-- The price rule that governs each source product of a connection, those by SKU aside.
create or replace view price_rule_of as
select
    c.account_id,
    c.connection_id,
    f.product_id,
    (
        select r.price_rule_id
        from price_rule_signatures as r
        where r.account_id = c.account_id
            and r.connection_id = c.connection_id
            and r.scope <> 'sku'
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, null)
        order by scope_rank(r.scope) desc, r.priority desc, r.price_rule_id
        limit 1
    ) as price_rule_id
from connections as c
join source_facts as f on f.account_id = c.account_id and f.store_id = c.source_store_id;
