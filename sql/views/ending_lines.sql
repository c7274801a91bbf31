-- What an end of a connection would write at its destination, by what a person chose for the linked items (D14): only what
-- we made is drafted (what is archived is off sale as it is) or deleted, and no product that holds a variant of the
-- merchant's own. What a destination governs itself (quantity never or create_only, inventory off) is not zeroed.
create or replace view ending_lines as
with

stock as (
    select distinct on (v.account_id, v.connection_id, v.inventory_item_id, v.location_id) v.*
    from linked_levels as v
    join connections as c on c.account_id = v.account_id and c.connection_id = v.connection_id
    where v.available > 0
        and (c.settings ->> 'inventory')::boolean
        and coalesce(v.mode, 'follow') in ('follow', 'enforced')
    order by v.account_id, v.connection_id, v.inventory_item_id, v.location_id, v.destination_variant_id
),

made as (
    select
        l.account_id, l.connection_id, l.source_product_id, l.destination_product_id, p.title, p.handle, p.status,
        not exists (
            select from staging.variants as v
            where v.account_id = p.account_id
                and v.store_id = p.store_id
                and v.product_id = p.product_id
                and not exists (
                    select from variant_links as k
                    where k.account_id = v.account_id
                        and k.connection_id = l.connection_id
                        and k.destination_variant_id = v.variant_id
                        and k.created_by_us
                )
        ) as wholly
    from product_links as l
    join staging.products as p
        on p.account_id = l.account_id
        and p.store_id = l.destination_store_id
        and p.product_id = l.destination_product_id
    where l.created_by_us
)

select
    account_id, connection_id, 'zero' as items, 'level' as entity, 'update' as action, source_product_id,
    destination_product_id, inventory_item_id as item_id, location_id, 'available' as field, sku as label,
    to_jsonb(available) as before, '0'::jsonb as after
from stock
union all
select
    account_id, connection_id, 'draft', 'product', 'update', source_product_id, destination_product_id,
    destination_product_id, 0, 'status', handle, to_jsonb(status), '"DRAFT"'
from made
where status not in ('DRAFT', 'ARCHIVED')
union all
select
    account_id, connection_id, 'delete', 'product', 'delete', source_product_id, destination_product_id,
    destination_product_id, 0, '', handle, jsonb_build_object('title', title, 'handle', handle), null
from made
where wholly;
