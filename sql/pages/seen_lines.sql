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
    -- how a price was derived names the source's cost: that is nobody else's business (D2)
    case when jsonb_typeof(l.after) = 'object' then l.after - '{base,inputs,origin}'::text[] else l.after end::text as after,
    l.origin,
    l.mode,
    l.rule,
    l.depends_on,
    l.status,
    l.message,
    l.decided_by,
    l.from_sales,
    l.brake,
    l.brake is null as is_plain,
    o.name as location
from changes as l
left join staging.locations as o
    on o.account_id = l.account_id and o.store_id = :destination::integer and o.location_id = l.location_id
where l.account_id = :account_id
    and l.change_set_id = :change_set_id::bigint
    and (:status::text is null or l.status = :status::text)
    and (:entity::text is null or l.entity = :entity::text)
    and (:action::text is null or l.action = :action::text)
    and (:field::text is null or l.field = :field::text)
    and (:pattern::text is null or l.found_by like :pattern::text)
    and (
        :after_id::bigint is null
        or (l.brake is null, coalesce(l.source_product_id, l.destination_product_id, l.item_id), l.change_id)
            > (:after_plain::boolean, :after_product::bigint, :after_id::bigint)
    )
order by l.brake is null, coalesce(l.source_product_id, l.destination_product_id, l.item_id), l.change_id
limit :limit
