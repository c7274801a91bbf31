-- Source products whose row, or whose partner's, is not as it was when the two last agreed.
select l.source_product_id as product_id
from product_links as l
left join staging.products as s
    on s.account_id = l.account_id and s.store_id = :source::integer and s.product_id = l.source_product_id
left join staging.products as d
    on d.account_id = l.account_id and d.store_id = :destination::integer and d.product_id = l.destination_product_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and (
        s.product_id is null
        or d.product_id is null
        or s.digest is distinct from l.source_digest
        or d.digest is distinct from l.destination_digest
    );
