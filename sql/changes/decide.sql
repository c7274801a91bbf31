-- Of a value replaced a second time, the desired one is still what the rules asked for, not the first replacement.
insert into decisions as said (
    account_id, connection_id, entity, action, item_id, location_id, field, decision, desired, value, decided_by
)
select
    account_id,
    connection_id,
    entity,
    action,
    item_id,
    location_id,
    field,
    :decision,
    after,
    null,
    :who
from changes
where account_id = :account_id and change_id = any (:lines::bigint[])
on conflict (account_id, connection_id, entity, action, item_id, location_id, field) do update
set
    desired = case
        when said.decision = 'replace' and said.value = excluded.desired then said.desired
        else excluded.desired
    end,
    decision = excluded.decision,
    value = excluded.value,
    decided_by = excluded.decided_by,
    decided_at = now()
