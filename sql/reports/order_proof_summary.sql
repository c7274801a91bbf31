-- The figures of a proof: counts of orders and lines by what was found, and the money of both ends.
with

sums as (
    select
        count(*) as orders,
        count(*) filter (where finding = 'one_twin') as twins,
        sum(value_there) as value_there,
        sum(value_expected) as value_expected,
        sum(value_found) as value_found,
        sum(difference) as difference,
        sum(refunded_total) as refunds,
        sum(refund_expected) as refund_expected,
        sum(refund_found) as refund_found
    from report_proof_orders
),

weights as (
    select w.place, w.weight, count(f.code) as findings
    from (values (1, 'unexplained'), (2, 'noted')) as w (place, weight)
    left join report_findings as f on :findings::jsonb -> f.code ->> 'weight' = w.weight
    group by w.place, w.weight
),

codes as (
    select code, count(*) as findings from report_findings group by code
),

line_findings as (
    select finding, count(*) as lines from report_proof_lines group by finding
),

rows (part, place, section, what, value, number, amount, currency) as (
    select 1, place, 'findings', weight, null, findings, null::numeric, null from weights
    union all
    select 2, null, 'findings by code', code, :findings::jsonb -> code ->> 'text', findings, null, null from codes
    union all
    select 3, 1, 'orders', 'orders of the range', null, orders, null, null from sums
    union all
    select 3, 2, 'orders', 'orders with one order at the source', null, twins, null, null from sums
    union all
    select 4, null, 'lines by finding', finding, null, lines, null, null from line_findings
    union all
    select 5, 1, 'money', 'pushed lines at the destination', null, null, round(coalesce(value_there, 0), :digits::integer), :currency::text
    from sums
    union all
    select 5, 2, 'money', 'expected at the source', null, null, round(coalesce(value_expected, 0), :source_digits::integer), :source_currency::text
    from sums
    union all
    select 5, 3, 'money', 'found at the source', null, null, round(coalesce(value_found, 0), :source_digits::integer), :source_currency::text
    from sums
    union all
    select 5, 4, 'money', 'difference', null, null, round(coalesce(difference, 0), :source_digits::integer), :source_currency::text
    from sums
    union all
    select 6, 1, 'refunds', 'refunded at the destination', null, null, round(coalesce(refunds, 0), :digits::integer), :currency::text
    from sums
    union all
    select 6, 2, 'refunds', 'of pushed units, at the frozen rate', null, null, round(coalesce(refund_expected, 0), :source_digits::integer), :source_currency::text
    from sums
    union all
    select 6, 3, 'refunds', 'refunded at the source', null, null, round(coalesce(refund_found, 0), :source_digits::integer), :source_currency::text
    from sums
)

select section, what, value, number, amount, currency
from rows
order by part, place, number desc, what
