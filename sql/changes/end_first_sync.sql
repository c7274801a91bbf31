-- Over as soon as no set that was held for it has a line without a decision (D9).
update connections as connection
set first_sync_over_at = now()
where connection.account_id = :account_id
    and connection.connection_id = :connection_id
    and connection.first_sync_over_at is null
    and not exists (
        select
        from change_sets as sets
        join changes as line
            on line.account_id = sets.account_id and line.change_set_id = sets.change_set_id
        where sets.account_id = connection.account_id
            and sets.connection_id = connection.connection_id
            and sets.hold_reason = 'first_sync'
            and sets.state in ('held', 'approved', 'loading')
            and line.status in ('held', 'proposed')
    )
