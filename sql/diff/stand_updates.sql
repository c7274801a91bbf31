insert into standing (entity, item_id, location_id, field, source_product_id, label, desired, actual, origin, mode, rule)
select entity, item_id, location_id, field, source_product_id, label, desired, actual, origin, mode, stands
from judged
where stands is not null;
