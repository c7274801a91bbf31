-- What SKU health comes to now, what was found by rule, and how it went in the last runs.
with

health as (
    select *, row_number() over (order by h.at desc, h.run_id desc) as place
    from sku_health as h
    where h.account_id = :account_id::integer and h.connection_id = :connection_id::integer
),

now_found as (
    select f.rule, f.severity, count(*) as findings, count(f.ignored_until) as ignored
    from sku_findings as f
    join connections as c on c.account_id = f.account_id and c.connection_id = f.connection_id
    where f.account_id = :account_id::integer
        and f.connection_id = :connection_id::integer
        and (:side::text is distinct from 'source' or f.seen_by_source)
        and (:side::text is distinct from 'destination' or f.store_id <> c.source_store_id or f.rule <> 'negative_stock')
    group by f.rule, f.severity
),

rows (part, place, section, what, value, number) as (
    select 1, 1, 'health', 'as of', iso_time(at, :zone::text), null::bigint from health where place = 1
    union all
    select 1, 2, 'health', 'score', 'of 100: offered variants that are linked, near misses counting half', score
    from health
    where place = 1
    union all
    select 2, w.place, 'variants', w.what, w.means, w.number
    from health as h
    cross join lateral (
        values
            (1, 'offered', 'of the source, to this connection', h.offered),
            (2, 'exact', 'linked, with one SKU', h.exact),
            (3, 'mapped', 'linked, with different SKUs', h.mapped),
            (4, 'near miss', 'not linked, with nearly the same SKU at the destination', h.near_miss),
            (5, 'one-sided', 'at one of the stores only', case when :side::text = 'source' then null else h.one_sided end),
            (6, 'duplicate', 'with a SKU that others of their store carry too', case when :side::text = 'source' then null else h.duplicate end),
            (7, 'blank', 'without a SKU', case when :side::text = 'source' then null else h.blank end)
    ) as w (place, what, means, number)
    where h.place = 1 and w.number is not null
    union all
    select
        3, array_position(array['critical', 'warning', 'info'], severity), 'findings', rule,
        concat_ws(', ', severity, case when ignored > 0 then ignored || ' ignored' end), findings
    from now_found
    union all
    select 4, place, 'trend', 'score after run ' || run_id, iso_time(at, :zone::text), score from health where place <= 10
)

select section, what, value, number, null::numeric as amount, null::text as currency
from rows
order by part, place, number desc, what
