-- Orders of the source that carry the mark of an order of the destination (rule 59): of the orders of a report, and those made in
-- its days whose order at the destination is not known.
create temp table report_twins on commit drop as
with

pair as (
    select
        c.account_id,
        c.source_store_id,
        c.destination_store_id,
        d.domain || '/' as mark
    from connections as c
    join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

marked as (
    select
        p.*,
        t.order_id as twin_id,
        t.name as twin_name,
        t.created_at,
        t.cancelled_at,
        t.refunded_total,
        t.origin,
        case when substr(t.origin, length(p.mark) + 1) ~ '^\d{1,18}$' then substr(t.origin, length(p.mark) + 1)::bigint end as order_id
    from pair as p
    join staging.orders as t
        on t.account_id = p.account_id and t.store_id = p.source_store_id and starts_with(t.origin, p.mark)
)

select
    m.twin_id,
    m.twin_name,
    m.created_at,
    m.cancelled_at,
    m.refunded_total,
    m.origin,
    m.order_id,
    o.order_id is not null as is_known
from marked as m
left join staging.orders as o
    on o.account_id = m.account_id and o.store_id = m.destination_store_id and o.order_id = m.order_id
where m.order_id in (select r.order_id from report_orders as r)
    or (
        o.order_id is null
        and m.created_at >= :from_day::date::timestamp at time zone :zone::text
        and m.created_at < (:to_day::date + 1)::timestamp at time zone :zone::text
    )
