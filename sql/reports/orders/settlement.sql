-- What the destination owes the source of each pushed order: the goods, less what was refunded of them, less its commission.
create temp table report_settlement on commit drop as
with

sums as (
    select
        order_id,
        name,
        created_at,
        source_order_name,
        source_currency,
        cancelled_by,
        round(source_value, :source_digits::integer) as gross,
        round(coalesce(source_refunded, 0), :source_digits::integer) as deductions,
        case when cancelled_at is null then 'open' else 'cancelled' end as status
    from report_orders
    where is_pushed
),

owed as (
    select *, case when status = 'open' then greatest(0, gross - deductions) else 0 end as owed
    from sums
)

select
    *,
    case
        when :commission_type::text = 'flat' then least(owed, :commission_rate::numeric)
        when :commission_type::text = 'percent' then round(owed * :commission_rate::numeric / 100, :source_digits::integer)
    end as commission
from owed
