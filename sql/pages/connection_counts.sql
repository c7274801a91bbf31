-- What a connection comes to: its links, and what keeps items out.
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
        select count(*) from problems as p
        where p.account_id = c.account_id and p.connection_id = c.connection_id
    )::integer as problems
from connections as c
where c.account_id = :account_id and c.connection_id = :connection_id
