-- A line that no call has taken up is a fault of ours and must not look done.
with

forgotten as (
    update changes
    set
        status = 'failed',
        message = 'no call writes this: ' || entity || ' ' || action || ' ' || field
    where account_id = :account_id::integer
        and change_set_id = :change_set_id::bigint
        and status = 'approved'
    returning change_id
)

update change_sets
set
    state = case when state = 'loading' then 'loaded' else state end,
    loaded_at = case when state = 'loading' then now() else loaded_at end
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and (select count(*) from forgotten) >= 0
