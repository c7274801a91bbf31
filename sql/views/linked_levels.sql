-- Stock of linked variants at the locations a connection writes to, with the lock rule that governs it: of a product that is
-- gone at the source its partner's own values are asked.
create or replace view linked_levels as
select
    l.account_id,
    l.connection_id,
    l.source_product_id,
    l.source_variant_id,
    l.destination_product_id,
    l.destination_variant_id,
    d.sku,
    d.inventory_item_id,
    a.location_id,
    a.available,
    (
        select r.mode
        from lock_rules as r
        where r.account_id = l.account_id
            and r.connection_id = l.connection_id
            and r.field = 'quantity'
            and rule_matches(
                r.scope, r.scope_value, coalesce(f.vendor, p.vendor), coalesce(f.product_type, p.product_type),
                coalesce(f.tags, p.tags), f.collections, coalesce(s.sku, d.sku)
            )
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ) as mode
from variant_links as l
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id
join staging.variants as d
    on d.account_id = l.account_id and d.store_id = l.destination_store_id and d.variant_id = l.destination_variant_id
join staging.products as p
    on p.account_id = l.account_id and p.store_id = l.destination_store_id and p.product_id = l.destination_product_id
join staging.levels as a
    on a.account_id = l.account_id
    and a.store_id = l.destination_store_id
    and a.inventory_item_id = d.inventory_item_id
join staging.locations as place
    on place.account_id = a.account_id
    and place.store_id = a.store_id
    and place.location_id = a.location_id
    and place.active
left join staging.variants as s
    on s.account_id = l.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
left join source_facts as f
    on f.account_id = l.account_id and f.store_id = c.source_store_id and f.product_id = l.source_product_id
where d.tracked
    and exists (
        select from location_links as x
        where x.account_id = l.account_id
            and x.connection_id = l.connection_id
            and x.destination_location_id = a.location_id
    );
