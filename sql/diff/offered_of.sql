-- Those of some source products that are offered to a connection.
select product_id
from gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[])
where gate is null and product_id = any (:products::bigint[]);
