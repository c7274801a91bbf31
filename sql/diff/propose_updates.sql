insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, location_id, field, label, before, after,
    origin, mode, rule, base, inputs, waits, from_sales
)
select
    entity, 'update', kind, source_product_id, destination_product_id, item_id, location_id, field, label, actual,
    coalesce(given, desired),
    origin, mode, rule, base, inputs,
    coalesce(waits, case when origin = 'both' and mode = 'follow' and :on_both::text = 'hold' then 'held' end),
    from_sales
from judged
where stands is null;
