-- How many items each brake counts, measured from each reference: lines of this comparison, and what was written before.
create temp table brake_counts on commit drop as
with

measured_from as (
    select distinct kind, brake, reference from brake_history
    union all
    select distinct kind, brake, 'now' from brake_lines
),

states as (
    select
        l.kind, l.brake, m.reference, coalesce(nullif(h.was, 0), l.was) as was, l.was as is_now, l.will_be, true as ours
    from brake_lines as l
    join measured_from as m on m.kind = l.kind and m.brake = l.brake
    left join brake_history as h
        on h.kind = l.kind
        and h.brake = l.brake
        and h.item_id = l.item_id
        and h.location_id = l.location_id
        and h.reference = m.reference
    union all
    select h.kind, h.brake, h.reference, h.was, h.wrote, h.wrote, false
    from brake_history as h
    where not exists (
        select from brake_lines as l
        where l.kind = h.kind and l.brake = h.brake and l.item_id = h.item_id and l.location_id = h.location_id
    )
),

judged as (
    select
        s.*,
        b.brake as measure,
        brake_offends(b.brake, s.was, s.will_be, :price_move_pct::numeric) as offends
    from states as s
    join (
        values
            ('zero', 'zero'), ('price', 'price'), ('price', 'lost_price'), ('gone_products', 'gone_products'),
            ('gone_variants', 'gone_variants'), ('new_products', 'new_products'), ('new_variants', 'new_variants')
    ) as b (watched, brake) on b.watched = s.brake
)

select
    kind,
    brake as watched,
    measure as brake,
    reference,
    count(*) filter (where offends) as hits,
    -- items that had some then and have none now
    count(*) filter (where was > 0 and is_now <= 0) as more_then
from judged
group by kind, brake, measure, reference
-- what was written before holds nothing by itself
having bool_or(offends and ours);
