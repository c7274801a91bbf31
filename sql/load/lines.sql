-- The next approved lines of one kind of call, whole products (or items) at a time.
-- A line of a product that the set itself creates finds it through its link. One that is half written starts from there.
with

wanted as materialized (
    select
        c.change_id,
        coalesce(c.destination_product_id, l.destination_product_id) as product_id,
        case
            when :by_item::boolean then c.item_id
            else coalesce(c.destination_product_id, l.destination_product_id)
        end as key
    from changes as c
    left join product_links as l
        on l.account_id = c.account_id
        and l.connection_id = c.connection_id
        and l.source_product_id = c.source_product_id
        and c.destination_product_id is null
    where c.account_id = :account_id::integer
        and c.change_set_id = :change_set_id::bigint
        and c.status = 'approved'
        and c.entity = :entity::text
        and c.action = :action::text
        and (:fields::text[] is null or c.field = any (:fields::text[]))
),

next_keys as (
    select distinct key
    from wanted
    where key > :after_key::bigint
    order by key
    limit :keys::integer
)

select
    w.key,
    c.change_id,
    c.entity,
    c.action,
    c.item_id,
    c.location_id,
    w.product_id,
    c.source_product_id,
    c.field,
    c.label,
    coalesce(c.saw, c.before)::text as before,
    c.after::text as after,
    c.mode,
    c.origin,
    c.base,
    c.inputs
from wanted as w
join next_keys as n on n.key = w.key
join changes as c on c.account_id = :account_id::integer and c.change_id = w.change_id
order by w.key, c.item_id, c.location_id, c.change_id
