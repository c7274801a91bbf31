-- The lines that brakes look at (rule 86), by item: what it is now and what it is to be. What a person approved or
-- confirmed is not looked at, nor what follows from known sales; a first sync is held anyway (D9).
create temp table brake_lines on commit drop as
select
    p.kind,
    watched.brake,
    p.item_id,
    p.location_id,
    max(brake_measure(p.action, p.field, p.before, false)) as was,
    min(brake_measure(p.action, p.field, p.after, true)) as will_be
from proposals as p
cross join lateral (select brake_of(p.entity, p.action, p.field) as brake) as watched
where not :first_sync::boolean
    and not p.from_sales
    and p.confirmed_by is null
    and p.waits is distinct from 'settling'
    and p.waits is distinct from 'stale_source'
    and watched.brake is not null
group by p.kind, watched.brake, p.item_id, p.location_id;
