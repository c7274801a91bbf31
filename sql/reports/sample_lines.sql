-- Some lines of the change sets made after one, of as many sorts as there are.
with numbered as (
    select
        sets.connection_id,
        changes.change_id,
        changes.entity,
        changes.action,
        changes.field,
        changes.label,
        changes.before,
        changes.after,
        changes.origin,
        changes.rule,
        row_number() over (
            partition by sets.connection_id, changes.entity, changes.action, changes.field
            order by changes.change_id
        ) as place
    from change_sets as sets
    join changes
        on changes.account_id = sets.account_id and changes.change_set_id = sets.change_set_id
    where sets.account_id = :account_id
        and sets.change_set_id > :after_set::bigint
        and changes.status <> 'superseded'
),
chosen as (
    select *
    from numbered
    order by place, connection_id, change_id
    limit :limit
)
select
    connection_id,
    entity,
    action,
    field,
    label,
    before::text as before,
    after::text as after,
    origin,
    rule
from chosen
order by connection_id, entity desc, change_id
