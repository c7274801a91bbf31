-- The lines that a tripped brake counts, so that they are shown first (rule 86).
update proposals as p
set brake = t.brake
from brake_lines as l
join brake_trips as t on t.kind = l.kind and t.watched = l.brake
left join brake_history as h
    on h.kind = l.kind
    and h.brake = l.brake
    and h.item_id = l.item_id
    and h.location_id = l.location_id
    and h.reference = t.reference
where p.kind = l.kind
    and brake_of(p.entity, p.action, p.field) = l.brake
    and p.item_id = l.item_id
    and p.location_id = l.location_id
    and not p.from_sales
    and p.confirmed_by is null
    and brake_offends(t.brake, coalesce(nullif(h.was, 0), l.was), l.will_be, :price_move_pct::numeric);
