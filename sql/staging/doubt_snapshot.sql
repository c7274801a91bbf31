update snapshots
set
    state = 'doubtful',
    reason = :reason,
    counts = :counts::jsonb,
    rows_staged = 0
where account_id = :account_id
    and snapshot_id = :snapshot_id
    and state = 'reading'
