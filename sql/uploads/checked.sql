with

counted as (
    select result as name, count(*) as rows
    from judged_rows
    group by result
    union all
    select action, count(*)
    from judged_rows
    where action is not null and result in ('ok', 'warning')
    group by action
)

update uploads
set
    state = 'checked',
    checked_at = now(),
    message = :message::text,
    digest = :digest::text,
    counts = (
        select coalesce(jsonb_object_agg(name, rows), '{}') || jsonb_build_object('rows', (select count(*) from judged_rows))
        from counted
    )
where account_id = :account_id::integer and upload_id = :upload_id::bigint
returning counts
