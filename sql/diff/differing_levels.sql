insert into differences (
    entity, source_product_id, destination_product_id, item_id, location_id, field, label, sku, desired, actual, source_moved,
    destination_moved, settled, existing, inputs, old_inputs, waits, from_sales
)
select
    'level', r.source_product_id, r.destination_product_id, r.inventory_item_id, r.location_id, 'available', r.label, r.label,
    as_json(r.desired_available), as_json(r.actual_available), r.desired_available is distinct from r.wrote_available,
    r.actual_available is distinct from r.saw_available,
    r.known and r.unsettled = '{}', 'ours', r.inputs, r.old_inputs, r.waits, coalesce(r.from_sales, false)
from level_rows as r
where r.desired_available is distinct from r.actual_available
    and exists (
        select from offered as o
        where o.product_id = r.source_product_id
            and (o.gate is null or (o.gate = 'hidden' and :hidden_stock::text = 'lower'))
    )
    and not exists (select from unfit_source as u where u.variant_id = r.source_variant_id)
    and not exists (select from unfit_destination as u where u.variant_id = r.destination_variant_id);
