-- Images that a linked product of ours lacks, each with the variants that show it (rule 48).
insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, label, after, origin, mode, rule
)
with

governed as (
    select
        l.source_product_id,
        l.destination_product_id,
        coalesce(rule.mode, 'follow') as mode,
        coalesce('lock rule ' || rule.lock_rule_id || ': images ' || rule.mode, 'default: follow') as rule
    from linked_products as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    join source_facts as f
        on f.account_id = l.account_id and f.store_id = :source::integer and f.product_id = l.source_product_id
    left join lateral (
        select r.mode, r.lock_rule_id
        from lock_rules as r
        where r.account_id = l.account_id
            and r.connection_id = l.connection_id
            and r.field = 'images'
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, null)
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ) as rule on true
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and l.existing in ('ours', 'overwrite')
)

select
    'image',
    'create',
    'catalogue',
    g.source_product_id,
    g.destination_product_id,
    i.image_id,
    p.handle,
    jsonb_build_object(
        'source_image_id', i.image_id, 'url', i.url, 'alt', i.alt, 'position', i.position,
        'variants', coalesce((
            select jsonb_agg(v.variant_id order by v.position)
            from staging.variants as v
            where v.account_id = i.account_id
                and v.store_id = i.store_id
                and v.product_id = i.product_id
                and v.image_id = i.image_id
        ), '[]')
    ),
    'source_changed',
    g.mode,
    g.rule
from governed as g
join staging.images as i
    on i.account_id = :account_id::integer and i.store_id = :source::integer and i.product_id = g.source_product_id
join staging.products as p
    on p.account_id = i.account_id and p.store_id = i.store_id and p.product_id = i.product_id
where g.mode in ('follow', 'enforced')
    and i.url is not null
    and not exists (
        select from image_links as l
        where l.account_id = i.account_id
            and l.connection_id = :connection_id::integer
            and l.source_product_id = i.product_id
            and l.source_image_id = i.image_id
    )
    and not exists (
        select from decisions as x
        where x.account_id = i.account_id
            and x.connection_id = :connection_id::integer
            and x.entity = 'image'
            and x.action = 'create'
            and x.item_id = i.image_id
    );
