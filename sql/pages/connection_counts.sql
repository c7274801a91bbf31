-- What a connection comes to: its links, and products in sight with a problem. A destination sees those that are offered to it,
-- or linked (rule 91).
select
    (
        select count(*) from variant_links as l
        where l.account_id = c.account_id and l.connection_id = c.connection_id
    )::integer as variants,
    (
        select count(*) from product_links as l
        where l.account_id = c.account_id and l.connection_id = c.connection_id
    )::integer as products,
    (
        select count(*)
        from (
            select distinct x.source_product_id as product_id
            from problems as x
            where x.account_id = c.account_id and x.connection_id = c.connection_id
        ) as troubled
        join staging.products as p
            on p.account_id = c.account_id and p.store_id = c.source_store_id and p.product_id = troubled.product_id
        where not :offered_only::boolean
            or exists (
                select from variant_links as l
                where l.account_id = c.account_id
                    and l.connection_id = c.connection_id
                    and l.source_product_id = troubled.product_id
            )
            or exists (
                select from gates(c.account_id, c.connection_id, c.source_store_id, :hide_tags::text[]) as g
                where g.product_id = troubled.product_id and g.gate is null
            )
    )::integer as problems
from connections as c
where c.account_id = :account_id and c.connection_id = :connection_id
