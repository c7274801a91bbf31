-- Refunds that orders name and whose lines are not in yet, or moved since they were read (rule 76). Asked of all orders, not of
-- those that just came: a run that was killed in between left some behind.
select header.id as refund_id
from staging.orders as o
cross join lateral jsonb_to_recordset(o.refund_headers) as header (id bigint, updated_at timestamptz)
left join staging.refunds as known
    on known.account_id = o.account_id
    and known.store_id = o.store_id
    and known.refund_id = header.id
where o.account_id = :account_id
    and o.store_id = :store_id
    and o.refund_headers <> '[]'
    and header.id > :after::bigint
    and (known.refund_id is null or known.updated_at < header.updated_at)
order by header.id
limit :most
