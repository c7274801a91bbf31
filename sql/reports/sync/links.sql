-- The links that comparisons of this run, or of these days, made between items that were there before: after the lines.
insert into report_sync (
    place, run_id, entity, action, destination_product_id, source_product_id, item_id, location_id, field, origin, rule, status,
    approved_by, applied_at, from_sales, destination_variant_id
)
with

span as (
    select
        c.account_id,
        c.connection_id,
        coalesce(r.started_at, :from_day::date::timestamp at time zone :zone::text) as since,
        coalesce(r.ended_at, case when r.run_id is null then (:to_day::date + 1)::timestamp at time zone :zone::text end, now()) as until
    from connections as c
    left join runs as r on r.account_id = c.account_id and r.run_id = :run_id::bigint
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
)

select
    9000000000000000000 + row_number() over (order by l.source_product_id, l.source_variant_id, l.destination_variant_id),
    :run_id::bigint,
    'variant',
    'link',
    l.destination_product_id,
    l.source_product_id,
    l.source_variant_id,
    0,
    '',
    'first_sync',
    'matched by ' || l.matched_by,
    'applied',
    'rule',
    l.created_at,
    false,
    l.destination_variant_id
from span as s
join variant_links as l on l.account_id = s.account_id and l.connection_id = s.connection_id
where not l.created_by_us and l.created_at >= s.since and l.created_at < s.until
