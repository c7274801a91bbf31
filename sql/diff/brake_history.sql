-- What items were 24 hours and 7 days ago and when a person last approved, of those that rules have written since. An
-- item's state of then is what the first write since found there that found anything: what was filled and emptied again in
-- between is lost too. One that was not written is as it was. Known sales and what a person approved are no ruin: behind an
-- approval nobody looks (rule 86).
create temp table brake_history on commit drop as
with

looked_at as (
    select distinct kind, brake
    from brake_lines
    where brake = 'price' or brake_offends(brake, was, will_be, :price_move_pct::numeric)
),

written as (
    select
        s.kind,
        watched.brake,
        c.item_id,
        c.location_id,
        brake_measure(c.action, c.field, c.before, false) as was,
        brake_measure(c.action, c.field, c.after, true) as wrote,
        c.applied_at,
        c.change_id,
        c.decided_by is not null or c.origin = 'rollback' as by_person
    from changes as c
    join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
    cross join lateral (select brake_of(c.entity, c.action, c.field) as brake) as watched
    join looked_at as l on l.kind = s.kind and l.brake = watched.brake
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and c.applied_at > coalesce(:at::timestamptz, now()) - interval '7 days'
        and c.status in ('applied', 'as_stored')
        and not c.from_sales
),

decided as (
    select
        w.*,
        max(applied_at) filter (where by_person) over item as approved_at,
        first_value(wrote) over (item order by applied_at desc, change_id desc) as last_wrote
    from written as w
    window item as (partition by kind, brake, item_id, location_id)
),

of_days as (
    select distinct on (d.kind, d.brake, d.item_id, d.location_id, r.reference)
        d.kind, d.brake, d.item_id, d.location_id, r.reference, d.was, d.last_wrote as wrote
    from decided as d
    cross join (values ('24 h', interval '24 hours'), ('7 d', interval '7 days')) as r (reference, ago)
    left join brake_references as moved
        on moved.account_id = :account_id::integer
        and moved.connection_id = :connection_id::integer
        and moved.kind = d.kind
    where not d.by_person
        and d.applied_at > greatest(coalesce(:at::timestamptz, now()) - r.ago, d.approved_at, moved.moved_at)
    order by d.kind, d.brake, d.item_id, d.location_id, r.reference, d.was <= 0, d.applied_at, d.change_id
),

earlier as (
    select kind, brake, item_id, location_id, reference, was, wrote
    from of_days
    union all
    select a.kind, a.brake, a.item_id, a.location_id, 'approved', a.was, a.wrote
    from approved_states as a
    join looked_at as l on l.kind = a.kind and l.brake = a.brake
    where a.account_id = :account_id::integer and a.connection_id = :connection_id::integer
)

-- of the many that were written and are well, nothing is counted
select kind, brake, item_id, location_id, reference, was, wrote
from earlier
where brake_offends(brake, was, wrote, :price_move_pct::numeric)
    or (brake = 'price' and brake_offends('lost_price', was, wrote, :price_move_pct::numeric))
    or (kind, brake, item_id, location_id) in (select kind, brake, item_id, location_id from brake_lines);
