-- Lines of a set, by what they are about and where they stand.
select
    entity,
    action,
    field,
    status,
    count(*)::integer as lines
from changes
where account_id = :account_id and change_set_id = :change_set_id::bigint
group by entity, action, field, status
order by entity, action, field, status
