select
    source_order_name as source_order_no,
    gross,
    :commission_type::text as commission_type,
    trim_scale(:commission_rate::numeric)::text as commission_rate,
    'default' as commission_level,
    deductions,
    round(owed - commission, :source_digits::integer) as due,
    status,
    case when status = 'cancelled' then 'cancelled by ' || cancelled_by end as note,
    round(commission, :source_digits::integer) as commission,
    source_currency as currency,
    name as dest_order_no
from report_settlement
order by created_at, order_id
