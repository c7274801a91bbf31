-- What the source no longer has, of products that are ours: images go with it, variants only where asked for (rule 46).
insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, label, before, origin, mode, rule
)
with

-- few: so the rules are asked only of these
gone as materialized (
    select l.source_product_id, l.destination_product_id, l.destination_image_id
    from image_links as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    join product_links as pl
        on pl.account_id = l.account_id
        and pl.connection_id = l.connection_id
        and pl.destination_product_id = l.destination_product_id
        and pl.created_by_us
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and not exists (
            select from staging.images as s
            where s.account_id = l.account_id
                and s.store_id = :source::integer
                and s.product_id = l.source_product_id
                and s.image_id = l.source_image_id
        )
)

select
    'image', 'delete', 'catalogue', g.source_product_id, g.destination_product_id, g.destination_image_id, p.handle,
    jsonb_build_object('alt', d.alt, 'position', d.position), 'source_changed', 'follow', 'image removed at the source'
from gone as g
join staging.products as p
    on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = g.source_product_id
join staging.images as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.product_id = g.destination_product_id
    and d.image_id = g.destination_image_id
where not exists (
    select from lock_rules as r
    join source_facts as f
        on f.account_id = r.account_id and f.store_id = :source::integer and f.product_id = g.source_product_id
    where r.account_id = :account_id::integer
        and r.connection_id = :connection_id::integer
        and r.field = 'images'
        and r.mode in ('create_only', 'never')
        and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, null)
)
union all
select
    'variant', 'delete', 'catalogue', e.source_product_id, e.destination_product_id, e.destination_variant_id, e.sku,
    jsonb_build_object('sku', e.sku), 'source_changed', 'follow', 'remove_variants: removed at the source'
from extra_variants as e
where :remove_variants::boolean and e.created_by_us and not e.last_one;
