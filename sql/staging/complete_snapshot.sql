update snapshots
set
    state = 'complete',
    counts = :counts::jsonb,
    rows_staged = :rows_staged,
    merged_at = :merged_at
where account_id = :account_id and snapshot_id = :snapshot_id
