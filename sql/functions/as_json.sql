-- A value as a line of a change shows it. Money and weights stay decimal texts: a JSON number would become a float in its readers.
create or replace function as_json(value anyelement) returns jsonb language sql immutable parallel safe as $$
    select case when pg_typeof(value) = 'numeric'::regtype then to_jsonb(value::text) else to_jsonb(value) end
$$;
