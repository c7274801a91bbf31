select
    snapshot_id,
    store_id,
    run_id,
    operation,
    kind,
    filter,
    document,
    bulk_operation_id,
    read_at,
    done_at,
    objects_announced,
    rows_staged,
    counts,
    state,
    reason,
    merged_at,
    result_url,
    created_at
from snapshots
where account_id = :account_id
    and (:snapshot_id::bigint is null or snapshot_id = :snapshot_id)
    and (:store_id::integer is null or store_id = :store_id)
    and (:state::text is null or state = :state)
order by snapshot_id desc
limit :limit
