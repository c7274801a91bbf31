-- Whether a snapshot may still be merged, and the moment that stands for the merge: taken after the store's lock,
-- so that no row gets an earlier changed_at than what was merged before it.
select
    s.state,
    s.merged_at is not null as is_merged,
    clock_timestamp() as merged_at,
    not exists (
        select
        from snapshots as earlier
        where earlier.account_id = s.account_id
            and earlier.store_id = s.store_id
            and earlier.operation in (s.operation, :whole_in)
            -- merged, even if it broke before all that belongs to it was read
            and earlier.merged_at is not null
    ) as is_first,
    (
        select max(later.snapshot_id)
        from snapshots as later
        where later.account_id = s.account_id
            and later.store_id = s.store_id
            and later.operation in (s.operation, :whole_in)
            and later.kind = 'full'
            and later.state = 'complete'
            and later.read_at > s.read_at
    ) as overtaken_by
from snapshots as s
where s.account_id = :account_id and s.snapshot_id = :snapshot_id
for update
