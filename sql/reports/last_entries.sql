-- The newest change set, run and entry of the log of who did what, but for who came in to look; 0 where there is none.
select
    (select coalesce(max(change_set_id), 0) from change_sets where account_id = :account_id) as change_set,
    (select coalesce(max(run_id), 0) from runs where account_id = :account_id) as run,
    (
        select coalesce(max(event_id), 0)
        from audit_events
        where account_id = :account_id and what not in ('operator.password_set', 'link.made', 'store.entered')
    ) as event
