-- A page of a set's lines: those that tripped a brake first, those of one product together. `after_…` is where the page
-- before ended.
select
    l.change_id,
    l.entity,
    l.action,
    coalesce(l.source_product_id, l.destination_product_id, l.item_id) as product_id,
    l.item_id,
    l.field,
    l.label,
    l.before::text as before,
    l.after::text as after,
    l.origin,
    l.mode,
    l.rule,
    l.depends_on,
    l.status,
    l.message,
    l.decided_by,
    l.from_sales,
    l.brake,
    case when l.brake is null then 1 else 0 end as place,
    o.name as location
from changes as l
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id
left join staging.locations as o
    on o.account_id = l.account_id and o.store_id = c.destination_store_id and o.location_id = l.location_id
where l.account_id = :account_id
    and l.change_set_id = :change_set_id::bigint
    and (:status::text is null or l.status = :status::text)
    and (:entity::text is null or l.entity = :entity::text)
    and (:action::text is null or l.action = :action::text)
    and (:field::text is null or l.field = :field::text)
    and (:label::text is null or l.label ilike '%' || :label::text || '%')
    and (
        :after_id::bigint is null
        or (case when l.brake is null then 1 else 0 end, coalesce(l.source_product_id, l.destination_product_id, l.item_id), l.change_id)
            > (:after_place::integer, :after_product::bigint, :after_id::bigint)
    )
order by place, product_id, l.change_id
limit :limit
