-- What lines show now, beside what they showed when they were compared (rule 88). The table's row type makes the values
-- comparable: numeric as numeric, a list as a list.
select
    c.change_id,
    s.now is null as gone,
    to_jsonb(jsonb_populate_record(null::staging.products, s.now)) -> c.field as now,
    nullif(to_jsonb(jsonb_populate_record(null::staging.products, s.now)) -> c.field, 'null') is not distinct from nullif(c.before, 'null')
        as as_shown,
    nullif(to_jsonb(jsonb_populate_record(null::staging.products, s.now)) -> c.field, 'null') is not distinct from nullif(c.after, 'null')
        as as_wanted
from jsonb_to_recordset(:seen::jsonb) as s (change_id bigint, now jsonb)
join changes as c on c.account_id = :account_id::integer and c.change_id = s.change_id
