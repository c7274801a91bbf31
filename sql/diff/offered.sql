-- Every source product in question, and the first gate that keeps it from being offered.
create temp table offered on commit drop as
select product_id, gate
from gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[])
where :products::bigint[] is null or product_id = any (:products::bigint[]);
