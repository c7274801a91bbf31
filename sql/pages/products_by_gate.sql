-- Products of a source as a connection sees them: how many are synced, of how many some variants alone are (`partly`), and of
-- the others the first gate that says no. Where the connection stands still, that is the gate of them all. A destination is told of those it is offered alone (rule 91).
select
    coalesce(:standstill::text, s.code) as code,
    count(*)::integer as products,
    (count(*) filter (where s.is_available))::integer as available
from standings(:account_id::integer, :connection_id::integer, :order_of_codes::text[]) as s
where not :offered_only::boolean or s.is_available
group by 1
order by 2 desc, 1
