-- A value as a line of a change shows it. Money and weights stay decimal texts: a JSON number would become a float in its readers.
-- Stable, as to_jsonb is: called immutable it could not be merged into the statements that ask it.
create or replace function as_json(value anyelement) returns jsonb language sql stable parallel safe as $$
    select case when pg_typeof(value) = 'numeric'::regtype then to_jsonb(value::text) else to_jsonb(value) end
$$;
