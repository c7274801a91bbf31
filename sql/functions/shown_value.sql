-- A value of a line as a report shows it: its text, a list with commas, long ones cut.
create or replace function shown_value(value jsonb) returns text language sql stable parallel safe as $$
    select case
        when value is null or value = 'null' then null
        when jsonb_typeof(value) = 'array' then left((select string_agg(e #>> '{}', ', ') from jsonb_array_elements(value) as e), 1000)
        when length(value #>> '{}') > 1000 then left(value #>> '{}', 999) || '…'
        else value #>> '{}'
    end
$$;
