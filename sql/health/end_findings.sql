-- What was not found again is gone.
delete from sku_findings as f
where f.account_id = :account_id::integer
    and f.connection_id = :connection_id::integer
    and f.last_seen < now()
