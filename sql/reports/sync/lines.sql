-- The lines of a report. Of one run every line; over a range what each field came to: its last line, with the value that it
-- had before the first of them was written. What ended as it had begun came to nothing.
create temp table report_sync on commit drop as
with

lines as (
    select
        l.change_id, l.entity, l.action, l.source_product_id, l.destination_product_id, l.item_id, l.location_id, l.field, l.label,
        l.before, l.after, l.saw, l.origin, l.mode, l.rule, l.base, l.inputs, l.from_sales, l.status, l.message, l.decided_by, l.brake,
        l.applied_at, s.run_id, s.approved_by
    from report_sets as s
    join changes as l on l.account_id = s.account_id and l.change_set_id = s.change_set_id
    where :run_id::bigint is not null or l.status <> 'superseded'
),

placed as (
    select
        l.*,
        row_number() over item as place,
        first_value(l.before) over (item_written rows between unbounded preceding and unbounded following) as first_before,
        bool_or(l.applied_at is not null) over item_whole as is_written
    from lines as l
    window
        item as (partition by l.entity, l.action, l.item_id, l.location_id, l.field order by l.change_id desc),
        item_written as (
            partition by l.entity, l.action, l.item_id, l.location_id, l.field
            order by l.applied_at is null, l.change_id
        ),
        item_whole as (partition by l.entity, l.action, l.item_id, l.location_id, l.field)
),

net as (
    select
        p.change_id, p.entity, p.action, p.source_product_id, p.destination_product_id, p.item_id, p.location_id, p.field, p.label,
        case when p.is_written then p.first_before else p.before end as before,
        p.after, p.saw, p.origin, p.mode, p.rule, p.base, p.inputs, p.from_sales, p.status, p.message, p.decided_by, p.brake,
        p.applied_at, p.run_id, p.approved_by
    from placed as p
    where :run_id::bigint is null
        and p.place = 1
        and not (p.action = 'update' and p.applied_at is not null and p.first_before is not distinct from coalesce(p.saw, p.after))
)

select l.change_id as place, l.*, null::bigint as destination_variant_id from lines as l where :run_id::bigint is not null
union all
select n.change_id, n.*, null from net as n
