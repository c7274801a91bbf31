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

written as materialized (
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

-- of the many that were written and are well, nothing is counted: those that can be worse off, and those of our own lines
in_question as (
    select item_id, location_id, kind, brake
    from written
    group by item_id, location_id, kind, brake
    having case
        when brake = 'price'
            then (max(greatest(was, wrote)) - min(least(was, wrote))) * 100
                > least(:price_move_pct::numeric, 900) * min(least(was, wrote))
        when brake in ('new_products', 'new_variants') then min(was) <= 0 and max(wrote) > 0
        else max(was) > 0 and min(wrote) <= 0
    end
    union
    select item_id, location_id, kind, brake from brake_lines
),

decided as (
    select
        w.*,
        max(applied_at) filter (where by_person) over item as approved_at,
        first_value(wrote) over (item order by applied_at desc, change_id desc) as last_wrote
    from written as w
    join in_question as q
        on q.item_id = w.item_id and q.location_id = w.location_id and q.kind = w.kind and q.brake = w.brake
    -- numbers before words, which are dear to sort by
    window item as (partition by w.item_id, w.location_id, w.kind, w.brake)
),

of_days as (
    select distinct on (d.item_id, d.location_id, d.kind, d.brake, r.reference)
        d.kind, d.brake, d.item_id, d.location_id, r.reference, d.was, d.last_wrote as wrote
    from decided as d
    cross join (values ('24 h', interval '24 hours'), ('7 d', interval '7 days')) as r (reference, ago)
    left join brake_references as moved
        on moved.account_id = :account_id::integer
        and moved.connection_id = :connection_id::integer
        and moved.kind = d.kind
    where not d.by_person
        and d.applied_at > greatest(coalesce(:at::timestamptz, now()) - r.ago, d.approved_at, moved.moved_at)
    order by d.item_id, d.location_id, d.kind, d.brake, r.reference, d.was <= 0, d.applied_at, d.change_id
),

-- looked up line by line: a join would go through all that was ever written
of_lines as (
    select b.kind, b.brake, b.item_id, b.location_id, a.was, a.wrote
    from brake_lines as b
    join looked_at as l on l.kind = b.kind and l.brake = b.brake
    cross join lateral (
        select s.was, s.wrote
        from approved_states as s
        where s.account_id = :account_id::integer
            and s.connection_id = :connection_id::integer
            and s.kind = b.kind
            and s.brake = b.brake
            and s.item_id = b.item_id
            and s.location_id = b.location_id
        limit 1
    ) as a
),

ruined as (
    select a.kind, a.brake, a.item_id, a.location_id, a.was, a.wrote
    from looked_at as l
    join approved_states as a
        on a.account_id = :account_id::integer
        and a.connection_id = :connection_id::integer
        and a.kind = l.kind
        and a.brake = l.brake
    where a.ruin > 0
        -- a price is lost when it moved by nine tenths
        and a.ruin >= least(:price_move_pct::numeric, 90)
        and (
            brake_offends(a.brake, a.was, a.wrote, :price_move_pct::numeric)
            or (a.brake = 'price' and brake_offends('lost_price', a.was, a.wrote, :price_move_pct::numeric))
        )
)

select kind, brake, item_id, location_id, reference, was, wrote
from of_days
where brake_offends(brake, was, wrote, :price_move_pct::numeric)
    or (brake = 'price' and brake_offends('lost_price', was, wrote, :price_move_pct::numeric))
    or (item_id, location_id, kind, brake) in (select item_id, location_id, kind, brake from brake_lines)
union all
select kind, brake, item_id, location_id, 'approved', was, wrote
from (select * from of_lines union select * from ruined) as approved;
