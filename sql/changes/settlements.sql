-- What a rejected line settles: the value was offered (wrote) and what is there was accepted (saw), by item.
select
    line.entity,
    line.item_id,
    line.location_id,
    line.destination_product_id,
    jsonb_object_agg('wrote_' || line.field, line.after)
        || jsonb_object_agg('saw_' || line.field, line.before) as patch,
    array_agg(line.field) as fields,
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
