-- Differences that stand, by the rule that lets them stand.
select
    connection_id,
    rule,
    count(*)::integer as differences,
    string_agg(distinct field, ', ' order by field) as fields,
    min(label) as label
from deviations
where account_id = :account_id
group by connection_id, rule
order by connection_id, differences desc, rule
