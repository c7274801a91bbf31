-- Looks at a table that was just filled, so that the planner knows how large it is: of a temporary one nobody else tells it.
create or replace function analyze_one(name text) returns void language plpgsql as $$
begin
    execute format('analyze %I', name);
end
$$;
