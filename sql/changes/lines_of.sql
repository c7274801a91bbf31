-- Lines of a set, those that tripped a brake first, those of one product together, with how many there are in all.
select
    change_id,
    entity,
    action,
    source_product_id,
    destination_product_id,
    item_id,
    location_id,
    field,
    label,
    before::text as before,
    after::text as after,
    saw::text as saw,
    origin,
    mode,
    rule,
    depends_on,
    status,
    message,
    decided_by,
    from_sales,
    brake,
    count(*) over () as total
from changes
where account_id = :account_id
    and change_set_id = :change_set_id::bigint
    and (:status::text is null or status = :status::text)
    and (:entity::text is null or entity = :entity::text)
    and (:action::text is null or action = :action::text)
    and (:field::text is null or field = :field::text)
    and (:item_id::bigint is null or item_id = :item_id::bigint)
    and (:label::text is null or label = :label::text)
    and (:lines::bigint[] is null or change_id = any (:lines::bigint[]))
order by brake is null, coalesce(destination_product_id, source_product_id, item_id), entity, action, item_id, field, change_id
limit :limit offset :offset
