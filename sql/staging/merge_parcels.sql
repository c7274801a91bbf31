-- Parcels that are known, as their orders tell of them: other tracking, or that one never left, moves no fulfilment order, by
-- which they are read else (rules 64, 65).
update staging.fulfillments as kept
set
    status = came.status,
    tracking = came.tracking,
    read_at = :read_at::timestamptz,
    changed_at = :merged_at::timestamptz
from incoming_orders as o
cross join lateral jsonb_to_recordset(o.parcels) as came (id bigint, status text, tracking jsonb)
where kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.fulfillment_id = came.id
    and kept.read_at <= :read_at::timestamptz
    and (kept.status, kept.tracking) is distinct from (came.status, came.tracking)
