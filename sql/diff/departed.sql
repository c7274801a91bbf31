-- Linked source products that are in none of the collections a connection takes, however they left them.
select distinct l.source_product_id as product_id
from variant_links as l
join gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[]) as g
    on g.product_id = l.source_product_id and g.gate = 'out_of_scope'
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and exists (
        select from scopes as s
        where s.account_id = :account_id::integer and s.connection_id = :connection_id::integer and s.kind = 'collection'
    );
