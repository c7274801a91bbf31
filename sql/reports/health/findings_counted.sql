select f.finding_id
from sku_findings as f
join connections as c on c.account_id = f.account_id and c.connection_id = f.connection_id
where f.account_id = :account_id::integer
    and f.connection_id = :connection_id::integer
    and (:side::text is distinct from 'source' or f.seen_by_source)
    and (:side::text is distinct from 'destination' or f.store_id <> c.source_store_id or f.rule <> 'negative_stock')
