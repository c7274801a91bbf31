-- The next approved lines of one kind of call, whole products (or items) at a time.
-- A line of a product that the set itself creates finds it through its link. One that is half written starts from there.
with

wanted as materialized (
    select
        c.change_id,
        case when :by_item::boolean then c.item_id else place.product_id end as key,
        place.product_id
    from changes as c
    -- looked up line by line, whatever the planner thinks of links that were made a moment ago
    cross join lateral (
        select coalesce(
            c.destination_product_id,
            (
                select l.destination_product_id
                from product_links as l
                where l.account_id = c.account_id
                    and l.connection_id = c.connection_id
                    and l.source_product_id = c.source_product_id
            )
        ) as product_id
    ) as place
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
),

-- a range of keys, not a join with them: the planner expects one line
page as materialized (
    select w.*
    from wanted as w
    where w.key > :after_key::bigint and w.key <= (select max(key) from next_keys)
)

select
    p.key,
    c.change_id,
    c.entity,
    c.action,
    c.item_id,
    c.location_id,
    p.product_id,
    c.source_product_id,
    c.field,
    c.label,
    coalesce(c.saw, c.before)::text as before,
    c.after::text as after,
    c.mode,
    c.origin,
    c.base,
    c.inputs
from page as p
join changes as c on c.account_id = :account_id::integer and c.change_id = p.change_id
order by p.key, c.item_id, c.location_id, c.change_id
