-- The lines a call carried, in its own order.
select
    c.change_id,
    c.entity,
    c.action,
    c.item_id,
    c.location_id,
    coalesce(
        c.destination_product_id,
        (
            select l.destination_product_id
            from product_links as l
            where l.account_id = c.account_id
                and l.connection_id = c.connection_id
                and l.source_product_id = c.source_product_id
        )
    ) as product_id,
    c.source_product_id,
    c.field,
    c.label,
    coalesce(c.saw, c.before)::text as before,
    c.after::text as after,
    c.mode,
    c.origin,
    c.base,
    c.inputs
from unnest(:change_ids::bigint[]) with ordinality as given (change_id, place)
join changes as c on c.account_id = :account_id::integer and c.change_id = given.change_id
where c.status in ('loading', 'unknown')
order by given.place
