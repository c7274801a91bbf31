select
    c.source_store_id as source,
    c.destination_store_id as destination,
    s.domain as source_domain,
    d.domain as destination_domain
from connections as c
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
