-- What was said of these lines before no longer stands.
with forgotten as (
    delete from decisions as said
    using changes as line
    where line.account_id = :account_id
        and line.change_id = any (:lines::bigint[])
        and line.status = 'rejected'
        and said.account_id = line.account_id
        and said.connection_id = line.connection_id
        and said.entity = line.entity
        and said.action = line.action
        and said.item_id = line.item_id
        and said.location_id = line.location_id
        and said.field = line.field
        and said.decision in ('reject', 'keep')
)

update changes
set
    status = 'approved',
    message = null,
    decided_by = :who
where account_id = :account_id
    and change_id = any (:lines::bigint[])
    and status in ('held', 'proposed', 'rejected', 'approved')
