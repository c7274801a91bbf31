-- Where hidden_stock says zero, stock of a product that got a hide tag is wanted at 0 (D16).
insert into differences (
    entity, source_product_id, destination_product_id, item_id, location_id, field, label, sku, desired, actual, source_moved,
    destination_moved, settled, existing, inputs, old_inputs
)
select distinct on (v.inventory_item_id, v.location_id)
    'level', v.source_product_id, v.destination_product_id, v.inventory_item_id, v.location_id, 'available', v.sku, v.sku,
    '0', as_json(v.available), b.wrote_available is distinct from 0, v.available is distinct from b.saw_available,
    b.inventory_item_id is not null and b.unsettled = '{}', 'ours', b.inputs, b.inputs
from offered as o
join linked_levels as v
    on v.account_id = :account_id::integer
    and v.connection_id = :connection_id::integer
    and v.source_product_id = o.product_id
join staging.variants as s
    on s.account_id = :account_id::integer
    and s.store_id = :source::integer
    and s.variant_id = v.source_variant_id
    and s.tracked
left join baseline.levels as b
    on b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.inventory_item_id = v.inventory_item_id
    and b.location_id = v.location_id
where o.gate = 'hidden'
    and :hidden_stock::text = 'zero'
    and :inventory::boolean
    and v.available > 0
    and not exists (select from unfit_source as u where u.variant_id = v.source_variant_id)
    and not exists (select from unfit_destination as u where u.variant_id = v.destination_variant_id)
order by v.inventory_item_id, v.location_id, v.destination_variant_id;
