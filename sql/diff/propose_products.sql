-- Source products without a partner, whole, as one change each (D17, rules 9, 10, 14).
insert into proposals (
    entity, action, kind, source_product_id, item_id, label, after, origin, mode, rule
)
with

new_variants as (
    select
        c.product_id,
        jsonb_agg(c.payload order by c.position) as variants,
        jsonb_object_agg(c.variant_id::text, c.base) as base,
        jsonb_object_agg(c.variant_id::text, c.inputs) as inputs,
        bool_or(c.price_never) as price_never,
        bool_or(c.price_missing and not c.price_never) as price_missing,
        min(nullif(c.derivation, '')) as derivation
    from creatable as c
    where c.destination_product_id is null
    group by c.product_id
),

new_products as (
    select p.*, v.variants, v.base, v.inputs, v.price_never, v.derivation
    from new_variants as v
    join staging.products as p
        on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = v.product_id
    where not v.price_missing
        -- some of its variants are linked: then the others are reported, not copied (D12)
        and not exists (
            select from variant_links as l
            where l.account_id = p.account_id
                and l.connection_id = :connection_id::integer
                and l.source_product_id = p.product_id
        )
        and (:create::text = 'create_and_update' or (:create::text = 'new_only' and p.created_at > :accepted_at::timestamptz))
),

fields as (
    select name, lock from jsonb_to_recordset(:fields::jsonb) as f (entity text, name text, lock text)
    where entity = 'product'
),

governed as (
    select
        p.*,
        array(
            select f.name
            from fields as f
            cross join lateral (
                select r.mode
                from lock_rules as r
                where r.account_id = :account_id::integer
                    and r.connection_id = :connection_id::integer
                    and r.field = f.lock
                    and rule_matches(r.scope, r.scope_value, s.vendor, s.product_type, s.tags, s.collections, null)
                order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
                limit 1
            ) as rule
            where rule.mode = 'never'
        ) as never,
        coalesce((
            select r.mode
            from lock_rules as r
            where r.account_id = :account_id::integer
                and r.connection_id = :connection_id::integer
                and r.field = 'images'
                and rule_matches(r.scope, r.scope_value, s.vendor, s.product_type, s.tags, s.collections, null)
            order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
            limit 1
        ), 'follow') as images_mode,
        coalesce((
            select jsonb_agg(
                jsonb_build_object('source_image_id', i.image_id, 'url', i.url, 'alt', i.alt, 'position', i.position)
                order by i.position
            )
            from staging.images as i
            where i.account_id = p.account_id and i.store_id = p.store_id and i.product_id = p.product_id and i.url is not null
        ), '[]') as images
    from new_products as p
    join source_facts as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.product_id = p.product_id
)

select
    'product',
    'create',
    'catalogue',
    g.product_id,
    g.product_id,
    g.handle,
    jsonb_build_object(
        'origin', :source_domain::text || '/' || g.product_id,
        'product', jsonb_build_object(
            [[ copied: '#', g.# ]],
            'options', g.options,
            'status', case when g.price_never or :new_products::text = 'draft' then 'DRAFT' else g.status end,
            'tags', array(select tag from unnest(g.tags) as tag where not lower(tag) = any (:hide_tags::text[]))
        ) - g.never,
        'published', g.published and not g.price_never and not 'published' = any (g.never),
        'variants', g.variants,
        'images', case when g.images_mode = 'never' then '[]' else g.images end,
        'base', g.base,
        'inputs', g.inputs
    ),
    'first_sync',
    'follow',
    concat_ws(', ', 'create: ' || :create::text, case when g.price_never then 'price never: draft at 0.00' end, g.derivation)
from governed as g
where not exists (
    select from decisions as d
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.entity = 'product'
        and d.action = 'create'
        and d.item_id = g.product_id
);
