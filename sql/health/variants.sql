-- Variants of both ends of a connection as SKU health looks at them: of the source what is offered or linked, of the
-- destination everything that no other connection feeds.
create temp table health_variants on commit drop as
with

connection as materialized (
    select
        c.account_id,
        c.connection_id,
        c.source_store_id,
        c.destination_store_id,
        array(select lower(tag.value) from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag) as hide_tags
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

offered as materialized (
    select g.product_id
    from connection as c
    cross join lateral gates(c.account_id, c.connection_id, c.source_store_id, c.hide_tags) as g
    where g.gate is null
),

linked as materialized (
    select distinct l.source_variant_id
    from variant_links as l
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
),

both_ends as (
    select v.store_id, true as is_source, v.product_id, v.variant_id, v.sku, l.source_variant_id is not null as is_linked
    from connection as c
    join staging.variants as v on v.account_id = c.account_id and v.store_id = c.source_store_id
    left join linked as l on l.source_variant_id = v.variant_id
    where l.source_variant_id is not null or v.product_id in (select offered.product_id from offered)
    union all
    select v.store_id, false, v.product_id, v.variant_id, v.sku, l.connection_id is not null
    from connection as c
    join staging.variants as v on v.account_id = c.account_id and v.store_id = c.destination_store_id
    left join variant_links as l
        on l.account_id = v.account_id
        and l.destination_store_id = v.store_id
        and l.destination_variant_id = v.variant_id
    where l.connection_id is null or l.connection_id = c.connection_id
),

-- a SKU that another product of the store carries too counts as repeated, whatever is offered of it (rules 2, 3)
repeated as (
    select v.store_id, v.sku, count(*)::integer as carriers
    from connection as c
    join staging.variants as v
        on v.account_id = c.account_id and v.store_id in (c.source_store_id, c.destination_store_id)
    where v.sku !~ '^\s*$'
    group by v.store_id, v.sku
    having count(*) > 1
)

select
    b.store_id,
    b.is_source,
    b.product_id,
    b.variant_id,
    b.sku,
    b.is_linked,
    coalesce(b.sku, '') ~ '^\s*$' as is_blank,
    coalesce(r.carriers, 1) as carriers,
    -- only of those that may be near misses
    case when not b.is_linked then normal_sku(b.sku) end as normal
from both_ends as b
left join repeated as r on r.store_id = b.store_id and r.sku = b.sku
