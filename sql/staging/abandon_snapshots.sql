-- Readings that nobody will finish: their run is over, or is this one, which begins anew.
update snapshots as s
set
    state = 'broken',
    reason = 'its run ended before it was read; it was too old to go on with, or not asked for again'
where s.account_id = :account_id
    and s.store_id = :store_id
    and s.operation = any (:operations::text[])
    and s.state = 'reading'
    and s.snapshot_id is distinct from :adopted::bigint
    and not exists (
        select
        from runs as r
        where r.account_id = s.account_id
            and r.run_id = s.run_id
            and r.run_id <> :run_id::bigint
            and r.state in ('queued', 'running')
    )
