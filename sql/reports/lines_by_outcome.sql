-- Lines of the change sets made after one, counted by what they are and what became of them. Superseded ones are told
-- by those that came in their place, and so is what was not written.
select
    sets.connection_id,
    sets.kind,
    changes.entity,
    changes.action,
    changes.field,
    changes.status,
    count(*)::integer as lines,
    coalesce(sum(case when changes.action = 'create' and changes.entity = 'product'
        then jsonb_array_length(changes.after -> 'variants') end), 0)::integer as variants,
    coalesce(sum(case when changes.action = 'create' and changes.entity = 'product'
        then jsonb_array_length(changes.after -> 'images') end), 0)::integer as images,
    min(changes.label) as label,
    min(changes.message) as message
from change_sets as sets
join changes
    on changes.account_id = sets.account_id and changes.change_set_id = sets.change_set_id
where sets.account_id = :account_id
    and sets.change_set_id > :after_set::bigint
    and changes.status <> 'superseded'
    and (
        changes.status in ('applied', 'as_stored')
        or not exists (
            select
            from change_sets as newer
            where newer.account_id = sets.account_id
                and newer.connection_id = sets.connection_id
                and newer.kind = sets.kind
                and newer.change_set_id > sets.change_set_id
        )
    )
group by sets.connection_id, sets.kind, changes.entity, changes.action, changes.field, changes.status
order by sets.connection_id, sets.kind, changes.entity, changes.action, changes.field, changes.status
