-- Only while it is ours: another run may have adopted it.
update snapshots
set
    state = 'complete',
    counts = counts || :counts::jsonb
where account_id = :account_id
    and snapshot_id = :snapshot_id
    and run_id is not distinct from :run_id::bigint
    and state = 'reading'
