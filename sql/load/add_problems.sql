insert into problems (account_id, connection_id, code, entity, item_id, other_id, source_product_id, label, detail)
select :account_id::integer, :connection_id::integer, code, entity, item_id, other_id, source_product_id, label, detail
from jsonb_to_recordset(:problems::jsonb) as p (
    code text, entity text, item_id bigint, other_id bigint, source_product_id bigint, label text, detail text
)
on conflict (account_id, connection_id, code, entity, item_id, other_id) do update set
    detail = excluded.detail,
    last_seen = now()
