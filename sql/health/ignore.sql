update sku_findings as f
set ignored_until = case when :days::integer > 0 then now() + make_interval(days => :days::integer) end
where f.account_id = :account_id::integer
    and f.connection_id = :connection_id::integer
    and f.finding_id = any (:findings::bigint[])
    and (:side::text is distinct from 'source' or f.seen_by_source)
