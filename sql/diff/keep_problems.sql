insert into problems as p (account_id, connection_id, code, entity, item_id, other_id, source_product_id, label, detail)
select distinct on (code, entity, item_id, other_id)
    :account_id::integer, :connection_id::integer, code, entity, item_id, other_id, source_product_id, coalesce(label, ''), detail
from found
order by code, entity, item_id, other_id
on conflict (account_id, connection_id, code, entity, item_id, other_id) do update set
    source_product_id = excluded.source_product_id,
    label = excluded.label,
    detail = excluded.detail,
    last_seen = now();
