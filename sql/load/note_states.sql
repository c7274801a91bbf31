-- Of each item that a rule has written: what it was when a person last approved it, kept from its first write since, and
-- what was written last. What a person approved or rolled back is as they want it (rule 86).
with

written as (
    select
        c.connection_id,
        s.kind,
        brake_of(c.entity, c.action, c.field) as brake,
        c.item_id,
        c.location_id,
        brake_measure(c.action, c.field, c.before, false) as was,
        brake_measure(c.action, c.field, c.after, true) as wrote,
        c.decided_by is not null or c.origin = 'rollback' as by_person
    from changes as c
    join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
    where c.account_id = :account_id::integer
        and c.change_id = any (:lines::bigint[])
        and c.status in ('applied', 'as_stored')
        and not c.from_sales
        and brake_of(c.entity, c.action, c.field) is not null
),

forgotten as (
    delete from approved_states as a
    using written as w
    where w.by_person
        and a.account_id = :account_id::integer
        and a.connection_id = w.connection_id
        and a.kind = w.kind
        and a.brake = w.brake
        and a.item_id = w.item_id
        and a.location_id = w.location_id
)

insert into approved_states as a (account_id, connection_id, kind, brake, item_id, location_id, was, wrote)
select :account_id::integer, connection_id, kind, brake, item_id, location_id, max(was), min(wrote)
from written
where not by_person
group by connection_id, kind, brake, item_id, location_id
on conflict (account_id, connection_id, kind, brake, item_id, location_id) do update set
    -- what was nothing and was filled since can be lost as well
    was = case when a.was > 0 then a.was else excluded.was end,
    wrote = excluded.wrote,
    moved_at = now()
