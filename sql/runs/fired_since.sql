-- Whether the schedule's job has run, or was asked for, at or after that moment.
select exists (
    select from runs
    where account_id = :account_id
        and job = :job
        and arguments = :arguments::jsonb
        and (slot >= :slot::timestamptz or requested_at >= :slot::timestamptz)
) as fired
