insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, location_id, field, label, before, after,
    origin, mode, rule, base, inputs, waits
)
select
    entity, 'update', kind, source_product_id, destination_product_id, item_id, location_id, field, label, actual, desired,
    origin, mode, rule, base, inputs,
    coalesce(waits, case when origin = 'both' and mode = 'follow' and :on_both::text = 'hold' then 'held' end)
from judged
where stands is null;
