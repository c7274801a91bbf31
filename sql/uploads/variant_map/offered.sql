-- Source products that the rows may name: what the connection is offered, and what it has links to already.
create temp table map_offered on commit drop as
select product_id
from gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[])
where gate is null
union
select source_product_id
from variant_links
where account_id = :account_id::integer and connection_id = :connection_id::integer;
