-- Where a person has decided every line of a set and approved some, they have seen how things stand in its kind: brakes
-- measure from there on (rule 86).
with

seen as (
    select s.connection_id, s.kind
    from change_sets as s
    join changes as line on line.account_id = s.account_id and line.change_set_id = s.change_set_id
    where s.account_id = :account_id and s.change_set_id = any (:sets::bigint[]) and s.state in ('approved', 'loaded')
    group by s.connection_id, s.kind
    having bool_or(line.decided_by is not null and line.status in ('approved', 'applied', 'as_stored'))
        and not bool_or(
            line.status in ('held', 'proposed')
            or (line.status in ('approved', 'applied', 'as_stored') and line.decided_by is null and not line.from_sales)
        )
),

forgotten as (
    delete from approved_states as a
    using seen
    where a.account_id = :account_id and a.connection_id = seen.connection_id and a.kind = seen.kind
)

insert into brake_references (account_id, connection_id, kind)
select :account_id, connection_id, kind
from seen
on conflict (account_id, connection_id, kind) do update set moved_at = now()
