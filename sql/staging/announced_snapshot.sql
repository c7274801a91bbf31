update snapshots
set
    done_at = :done_at,
    objects_announced = :objects_announced,
    result_url = :result_url
where account_id = :account_id and snapshot_id = :snapshot_id
