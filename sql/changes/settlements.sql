-- What rejected lines settle, as rows for load/settle_*: the value was offered (wrote) and what is there was accepted
-- (saw). As text, so that figures pass through no float. Each entity takes the keys it knows.
with items as (
    select
        line.entity,
        line.item_id,
        line.location_id,
        line.destination_product_id,
        jsonb_object_agg('wrote_' || line.field, line.after)
            || jsonb_object_agg('saw_' || line.field, line.before) as patch,
        jsonb_agg(line.field) as fields,
        bool_or(sets.kind = 'price') as priced,
        max(line.base) as base,
        max(line.inputs) as inputs
    from changes as line
    join change_sets as sets
        on sets.account_id = line.account_id and sets.change_set_id = line.change_set_id
    where line.account_id = :account_id
        and line.change_id = any (:lines::bigint[])
        and line.action = 'update'
        -- The publishing of a product that is yet to be made has nothing to settle.
        and (line.entity = 'level' or line.destination_product_id is not null)
    group by line.entity, line.item_id, line.location_id, line.destination_product_id
)

select
    entity,
    jsonb_agg(
        jsonb_build_object(
            'destination_product_id', destination_product_id,
            'destination_variant_id', item_id,
            'destination_image_id', item_id,
            'inventory_item_id', item_id,
            'location_id', location_id,
            'patch', patch,
            'fields', fields,
            'priced', priced,
            'base', base,
            'inputs', inputs
        )
    )::text as rows
from items
group by entity
