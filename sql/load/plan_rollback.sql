-- The way back of every line that was written, as lines of their own: what the write left there, to what was there before.
-- A creation becomes a draft, never deleted (rule 87).
with

written as (
    select c.*, coalesce(c.destination_product_id, l.destination_product_id) as product_id
    from changes as c
    left join product_links as l
        on l.account_id = c.account_id
        and l.connection_id = c.connection_id
        and l.source_product_id = c.source_product_id
    where c.account_id = :account_id::integer
        and c.change_set_id = :change_set_id::bigint
        and c.status in ('applied', 'as_stored')
        and c.origin <> 'rollback'
        and not exists (
            select from changes as r
            where r.account_id = c.account_id
                and r.change_set_id = c.change_set_id
                and r.depends_on = c.change_id
                and r.origin = 'rollback'
                and r.status in ('approved', 'loading', 'unknown', 'applied', 'as_stored')
        )
),

back as (
    select
        change_id,
        entity,
        source_product_id,
        product_id,
        case when entity = 'product' then product_id else item_id end as item_id,
        location_id,
        field,
        label,
        coalesce(saw, after) as before,
        before as after,
        inputs
    from written
    where action = 'update'
        and (entity <> 'level' or (:stock::boolean and before is not null))
    union all
    select
        change_id, entity, source_product_id, product_id, product_id, 0, 'status', label, after -> 'product' -> 'status',
        to_jsonb('DRAFT'::text), null
    from written
    where entity = 'product' and action = 'create' and product_id is not null
)

insert into changes (
    account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id,
    location_id, field, label, before, after, origin, mode, rule, inputs, depends_on, status
)
select
    :account_id::integer, :change_set_id::bigint, :connection_id::integer, entity, 'update', source_product_id, product_id,
    item_id, location_id, field, label, before, after, 'rollback', 'rollback', 'rollback of change ' || change_id, inputs,
    change_id, 'approved'
from back
