-- What it came to: a linked variant counts whole, a near miss half, one that is blank, repeated or at one store only not at
-- all. Rounded down: 100 is all of them.
insert into sku_health (
    account_id, connection_id, run_id, score, offered, exact, mapped, near_miss, one_sided, duplicate, blank
)
with

near as (
    select distinct other_variant_id as variant_id
    from health_found
    where rule in ('case_differs', 'whitespace_or_invisible', 'o_zero', 'prefix_suffix', 'barcode_conflict')
),

found as (
    select
        count(*) filter (where rule in ('orphan_source', 'orphan_dest')) as one_sided,
        count(*) filter (where rule = 'duplicate_sku') as duplicate,
        count(*) filter (where rule = 'blank_sku') as blank
    from health_found
),

pairs as (
    select
        count(*) filter (where s.sku = d.sku) as exact,
        count(*) filter (where s.sku is distinct from d.sku) as mapped
    from connections as c
    join variant_links as l on l.account_id = c.account_id and l.connection_id = c.connection_id
    join staging.variants as s
        on s.account_id = c.account_id and s.store_id = c.source_store_id and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = c.account_id
        and d.store_id = c.destination_store_id
        and d.variant_id = l.destination_variant_id
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

points as (
    select
        count(*) as offered,
        count(*) filter (where v.is_linked) as linked,
        count(*) filter (where n.variant_id is not null and not v.is_linked) as near
    from health_variants as v
    left join near as n on n.variant_id = v.variant_id
    where v.is_source
)

select
    :account_id::integer,
    :connection_id::integer,
    :run_id::bigint,
    case when o.offered > 0 then floor(100 * (o.linked + o.near / 2.0) / o.offered) end,
    o.offered,
    p.exact,
    p.mapped,
    o.near,
    f.one_sided,
    f.duplicate,
    f.blank
from points as o
cross join found as f
cross join pairs as p
on conflict (account_id, connection_id, run_id) do update set
    at = now(),
    score = excluded.score,
    offered = excluded.offered,
    exact = excluded.exact,
    mapped = excluded.mapped,
    near_miss = excluded.near_miss,
    one_sided = excluded.one_sided,
    duplicate = excluded.duplicate,
    blank = excluded.blank
