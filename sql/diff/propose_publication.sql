-- A created product is not on the Online Store until it is published.
insert into proposals (
    entity, action, kind, source_product_id, item_id, field, label, before, after, origin, mode, rule, depends_on_item
)
select
    'product', 'update', 'catalogue', source_product_id, item_id, 'published', label, 'false', 'true', 'first_sync', 'follow',
    'published at the source', item_id
from proposals
where entity = 'product' and action = 'create' and (after ->> 'published')::boolean;
