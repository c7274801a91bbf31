with

counted as (
    select format('%s.%s.%s', entity, action, status) as name, count(*) as lines
    from changes
    where account_id = :account_id::integer and change_set_id = :change_set_id::bigint
    group by entity, action, status
)

update change_sets
set counts = coalesce((select jsonb_object_agg(name, lines) from counted), '{}')
where account_id = :account_id::integer and change_set_id = :change_set_id::bigint
returning counts
