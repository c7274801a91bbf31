-- The figures of an order-push report: a section, what is counted, and a number, an amount or words.
with

known_states (section, what, place) as (
    values
        ('orders by push state', 'not_pushed', 1),
        ('orders by push state', 'pushed', 2),
        ('orders by push state', 'partially_pushed', 3),
        ('orders by push state', 'cancelled', 4),
        ('orders by fulfilment state', 'unfulfilled', 1),
        ('orders by fulfilment state', 'partially_fulfilled', 2),
        ('orders by fulfilment state', 'fulfilled', 3)
),

found_states as (
    select s.section, s.what, count(*) as orders
    from report_orders as o
    cross join lateral (
        values
            ('orders by push state', o.push_state),
            ('orders by payment state', coalesce(o.payment_status, 'unknown')),
            ('orders by fulfilment state', coalesce(o.fulfilment_status, 'unknown'))
    ) as s (section, what)
    group by s.section, s.what
),

states as (
    select
        coalesce(f.section, k.section) as section,
        coalesce(f.what, k.what) as what,
        coalesce(f.orders, 0) as orders,
        k.place
    from found_states as f
    full join known_states as k on k.section = f.section and k.what = f.what
),

reasons as (
    select l.reason, count(*) as lines from report_lines as l where l.reason is not null group by l.reason
),

sums as (
    select
        coalesce(sum(lines_pushed), 0) as lines,
        coalesce(sum(units_pushed), 0) as units,
        coalesce(sum(value_pushed), 0) as value,
        coalesce(sum(source_value), 0) as source_value,
        coalesce(sum(refunded_total), 0) as refunds
    from report_orders
),

settled as (
    select coalesce(sum(commission), 0) as commission, coalesce(sum(owed - commission), 0) as due from report_settlement
),

oldest as (
    select name, created_at
    from report_orders
    where not is_pushed and cancelled_at is null
    order by created_at, order_id
    limit 1
),

run_ids as (
    select distinct run_id from report_orders where run_id is not null
),

rows (part, place, section, what, value, number, amount, currency) as (
    select 1, place, section, what, null, orders, null::numeric, null
    from states
    where section = 'orders by push state'
    union all
    select 2, place, section, what, null, orders, null, null from states where section = 'orders by payment state'
    union all
    select 3, place, section, what, null, orders, null, null from states where section = 'orders by fulfilment state'
    union all
    select 4, 1, 'pushed', 'lines', null, lines, null, null from sums
    union all
    select 4, 2, 'pushed', 'units', null, units, null, null from sums
    union all
    select 4, 3, 'pushed', 'value', null, null, round(value, :digits::integer), :currency::text from sums
    union all
    select 4, 4, 'pushed', 'value at the source', null, null, round(source_value, :source_digits::integer), :source_currency::text
    from sums
    union all
    -- a whole order's refunds are the destination's own business (rule 91)
    select 5, 1, 'money', 'refunds', null, null, round(refunds, :digits::integer), :currency::text
    from sums
    where not :pushed_only::boolean
    union all
    select 5, 2, 'money', 'commission', null, null, round(commission, :source_digits::integer), :source_currency::text
    from settled
    where :commission_type::text is not null
    union all
    select 5, 3, 'money', 'amount due', null, null, round(due, :source_digits::integer), :source_currency::text
    from settled
    where :commission_type::text is not null
    union all
    select 6, null, 'lines by reason', reason, :reasons::jsonb -> reason ->> 'text', lines, null, null from reasons
    union all
    select 7, 1, 'unpushed', 'oldest unpushed order', concat_ws(', ', name, iso_time(created_at, :zone::text)), null, null, null
    from oldest
    union all
    select
        8, 1, 'runs', 'runs that pushed',
        case when count(*) <= 100 then string_agg(run_id::text, ', ' order by run_id) else min(run_id) || ' … ' || max(run_id) end,
        count(*), null, null
    from run_ids
)

select section, what, value, number, amount, currency
from rows
order by part, place, number desc, what
