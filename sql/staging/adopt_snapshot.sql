-- What a run that ended left going, if it still tells something new (rule 75).
update snapshots
set run_id = :run_id
where account_id = :account_id
    and snapshot_id = (
        select snapshot_id
        from snapshots
        where account_id = :account_id
            and store_id = :store_id
            and operation = :operation
            and kind = :kind
            and state = 'reading'
            and created_at > now() - :young::interval
            and (read_at is null or :last_read_at::timestamptz is null or read_at > :last_read_at)
        order by snapshot_id desc
        limit 1
        for update
    )
returning snapshot_id
