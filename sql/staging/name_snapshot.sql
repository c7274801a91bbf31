update snapshots
set document = :document
where account_id = :account_id and snapshot_id = :snapshot_id
