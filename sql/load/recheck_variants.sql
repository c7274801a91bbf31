-- What lines show now, beside what they showed when they were compared (rule 88). The table's row type makes the values
-- comparable: numeric as numeric, a list as a list.
with

seen as (
    select
        c.change_id,
        s.now is null as gone,
        nullif(to_jsonb(jsonb_populate_record(null::staging.variants, s.now)) -> c.field, 'null') as now,
        nullif(
            to_jsonb(jsonb_populate_record(null::staging.variants, jsonb_build_object(c.field, coalesce(c.saw, c.before)))) -> c.field, 'null'
        ) as shown,
        nullif(
            to_jsonb(jsonb_populate_record(null::staging.variants, jsonb_build_object(c.field, c.after))) -> c.field, 'null'
        ) as wanted
    from jsonb_to_recordset(:seen::jsonb) as s (change_id bigint, now jsonb)
    join changes as c on c.account_id = :account_id::integer and c.change_id = s.change_id
)

select
    change_id,
    gone,
    now::text as now,
    now is not distinct from shown as as_shown,
    now is not distinct from wanted as as_wanted
from seen
