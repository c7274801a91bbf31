-- Lines of the newest set of each kind that were proposed and are not written. What is still to be done of one that failed, met a
-- conflict or got no answer, the next comparison proposes again, or lists as refused.
select
    changes.entity,
    changes.action,
    changes.item_id,
    changes.location_id,
    changes.field,
    changes.rule,
    changes.status,
    changes.message
from change_sets as sets
join changes
    on changes.account_id = sets.account_id and changes.change_set_id = sets.change_set_id
where sets.account_id = :account_id
    and sets.connection_id = :connection_id
    and changes.origin <> 'rollback'
    and (
        changes.status in (
            'proposed', 'held', 'approved', 'loading', 'settling', 'stale_source', 'blocked'
        )
        or (
            changes.status in ('failed', 'conflict', 'unknown')
            and sets.created_at >= (
                select c.compared_at
                from connections as c
                where c.account_id = sets.account_id and c.connection_id = sets.connection_id
            )
        )
    )
    and not exists (
        select
        from change_sets as newer
        where newer.account_id = sets.account_id
            and newer.connection_id = sets.connection_id
            and newer.kind = sets.kind
            and newer.change_set_id > sets.change_set_id
    )
