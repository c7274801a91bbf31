-- Source images that a linked product of ours does not show: new ones, and ones that were taken away there. Taken away is
-- what a reading has shown before; a link that is a day old has been read over by whole ones (rule 48).
create temp table missing_images on commit drop as
with

-- few: so the rules are asked only of these
lacking as materialized (
    select
        l.source_product_id,
        l.destination_product_id,
        i.image_id,
        i.url,
        i.alt,
        i.position,
        k.account_id is not null as taken_away,
        coalesce(b.wrote_alt is distinct from i.alt and not 'alt' = any (b.unsettled), false) as source_moved
    from linked_products as l
    join offered as o on o.product_id = l.source_product_id and o.gate is null
    join staging.images as i
        on i.account_id = l.account_id and i.store_id = :source::integer and i.product_id = l.source_product_id
    left join image_links as k
        on k.account_id = l.account_id
        and k.connection_id = l.connection_id
        and k.source_product_id = i.product_id
        and k.source_image_id = i.image_id
    left join staging.images as d
        on d.account_id = l.account_id
        and d.store_id = :destination::integer
        and d.product_id = k.destination_product_id
        and d.image_id = k.destination_image_id
    left join baseline.images as b
        on b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_product_id = k.destination_product_id
        and b.destination_image_id = k.destination_image_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and l.existing in ('ours', 'overwrite')
        and i.url is not null
        and d.account_id is null
        and (k.account_id is null or k.seen or k.created_at < now() - interval '1 day')
),

governed as (
    select
        m.*,
        p.handle as label,
        coalesce(rule.mode, 'follow') as mode,
        coalesce('lock rule ' || rule.lock_rule_id || ': images ' || rule.mode, 'default: follow') as rule,
        x.decision,
        x.decided_by
    from lacking as m
    join staging.products as p
        on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = m.source_product_id
    join source_facts as f
        on f.account_id = :account_id::integer and f.store_id = :source::integer and f.product_id = m.source_product_id
    left join lateral (
        select r.mode, r.lock_rule_id
        from lock_rules as r
        where r.account_id = :account_id::integer
            and r.connection_id = :connection_id::integer
            and r.field = 'images'
            and rule_matches(r.scope, r.scope_value, f.vendor, f.product_type, f.tags, f.collections, null)
        order by scope_rank(r.scope) desc, r.priority desc, r.lock_rule_id
        limit 1
    ) as rule on true
    left join decisions as x
        on x.account_id = :account_id::integer
        and x.connection_id = :connection_id::integer
        and x.entity = 'image'
        and x.action = 'create'
        and x.item_id = m.image_id
)

select
    g.*,
    case when not g.taken_away then 'source_changed' when g.source_moved then 'both' else 'dest_edited' end as origin,
    case
        when g.decision is not null then format('%s by %s', g.decision, g.decided_by)
        when g.mode not in ('follow', 'enforced') then g.rule
        when g.taken_away and g.mode = 'follow' and not g.source_moved
            then 'taken away at the destination, the source did not change it'
    end as stands
from governed as g;
