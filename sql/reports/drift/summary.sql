-- How much drift there is, by what becomes of it, by its likely cause and by field; and what stands without being drift.
with

counted as (
    select s.part, s.section, s.what, count(*) as number
    from report_drift as d
    cross join lateral (
        values (1, 'by what becomes of it', d.action), (2, 'by likely cause', d.cause_guess), (3, 'by field', d.entity || ' ' || d.field)
    ) as s (part, section, what)
    group by s.part, s.section, s.what
),

actions (what, place) as (
    values ('needs_approval', 1), ('will_revert', 2), ('left_alone', 3)
),

rows (part, place, section, what, value, number) as (
    select 1, a.place, 'by what becomes of it', a.what, null, coalesce(c.number, 0)
    from actions as a
    left join counted as c on c.part = 1 and c.what = a.what
    union all
    select part, null, section, what, null, number from counted where part > 1
    union all
    select 4, null, 'stands and is no drift', 'differences that a rule lets stand', 'each stands on the page of its product', (
        select count(*) from deviations as d where d.account_id = :account_id::integer and d.connection_id = :connection_id::integer
    ) - (select count(*) from report_drift where action = 'left_alone')
    union all
    select 5, null, 'state', 'last seen by a comparison', iso_time(max(as_of), :zone::text), null from report_drift having max(as_of) is not null
)

select section, what, value, number, null::numeric as amount, null::text as currency
from rows
order by part, place, number desc, what
