-- Figures that we wrote at a destination location which is linked no more: taken off sale there, if that was chosen (rule 29).
insert into differences (
    entity, source_product_id, destination_product_id, item_id, location_id, field, label, sku, desired, actual, source_moved,
    destination_moved, settled, existing, inputs, old_inputs
)
select distinct on (b.inventory_item_id, b.location_id)
    'level', l.source_product_id, l.destination_product_id, b.inventory_item_id, b.location_id, 'available', d.sku, d.sku,
    to_jsonb(0), as_json(a.available), true, false, true, 'ours', 'location linked no more', coalesce(b.inputs, '')
from baseline.levels as b
join staging.levels as a
    on a.account_id = b.account_id
    and a.store_id = :destination::integer
    and a.inventory_item_id = b.inventory_item_id
    and a.location_id = b.location_id
    and a.available > 0
join staging.variants as d
    on d.account_id = b.account_id and d.store_id = :destination::integer and d.inventory_item_id = b.inventory_item_id
join variant_links as l
    on l.account_id = b.account_id
    and l.connection_id = b.connection_id
    and l.destination_variant_id = d.variant_id
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.wrote_available > 0
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and :inventory::boolean
    and :left_locations::text = 'zero'
    and not exists (
        select
        from location_links as k
        where k.account_id = b.account_id
            and k.connection_id = b.connection_id
            and k.destination_location_id = b.location_id
    )
order by b.inventory_item_id, b.location_id, l.destination_variant_id;
