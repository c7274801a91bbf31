update snapshots
set
    bulk_operation_id = :bulk_operation_id,
    read_at = :read_at
where account_id = :account_id and snapshot_id = :snapshot_id
