-- Settings that are being saved wait, and are waited for.
select
    c.connection_id,
    c.source_store_id,
    c.destination_store_id,
    s.domain as source_domain,
    d.domain as destination_domain,
    coalesce(c.settings ->> 'match_by', 'sku') as match_by,
    coalesce(c.settings ->> 'existing_items', 'stock_only') as existing_items,
    array(select lower(tag.value) from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag) as hide_tags
from connections as c
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
for update of c
