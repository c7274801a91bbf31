-- What lines show now, beside what they showed when they were compared (rule 88). The table's row type makes the values
-- comparable: numeric as numeric, a list as a list.
with

seen as (
    select
        c.change_id,
        c.field,
        s.now is null as gone,
        nullif(to_jsonb(jsonb_populate_record(null::staging.products, s.now)) -> c.field, 'null') as now,
        nullif(
            to_jsonb(jsonb_populate_record(null::staging.products, jsonb_build_object(c.field, coalesce(c.saw, c.before)))) -> c.field, 'null'
        ) as shown,
        nullif(
            to_jsonb(jsonb_populate_record(null::staging.products, jsonb_build_object(c.field, c.after))) -> c.field, 'null'
        ) as wanted
    from jsonb_to_recordset(:seen::jsonb) as s (change_id bigint, now jsonb)
    join changes as c on c.account_id = :account_id::integer and c.change_id = s.change_id
),

-- a line speaks of some tags only: others that stand beside them are none of its business (D18), nor is their case
tagged as (
    select
        change_id,
        lower(now::text)::jsonb as tags,
        lower(shown::text)::jsonb as before,
        lower(wanted::text)::jsonb as after,
        array(select jsonb_array_elements_text(lower(shown::text)::jsonb)) as shown,
        array(select jsonb_array_elements_text(lower(wanted::text)::jsonb)) as wanted
    from seen
    where field = 'tags' and not gone
),

judged as (
    select
        change_id,
        tags @> before
            and not jsonb_exists_any(tags, array(select jsonb_array_elements_text(after - shown))) as as_shown,
        tags @> after
            and not jsonb_exists_any(tags, array(select jsonb_array_elements_text(before - wanted))) as as_wanted
    from tagged
)

select
    s.change_id,
    s.gone,
    s.now::text as now,
    coalesce(j.as_shown, s.now is not distinct from s.shown) as as_shown,
    coalesce(j.as_wanted, s.now is not distinct from s.wanted) as as_wanted
from seen as s
left join judged as j on j.change_id = s.change_id
