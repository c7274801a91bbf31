-- Its rows are merged; what belongs to the reading and bulk queries cannot carry is still to come.
update snapshots
set
    state = 'reading',
    run_id = :run_id,
    counts = :counts::jsonb,
    rows_staged = :rows_staged,
    merged_at = :merged_at
where account_id = :account_id and snapshot_id = :snapshot_id
