-- A value as a brake measures it: units, an amount, 1 for there or on sale and 0 for not. `later`: after the change.
create or replace function brake_measure(action text, field text, value jsonb, later boolean) returns numeric
language sql immutable parallel safe as $$
    select case
        when action = 'delete' then case when later then 0 else 1 end
        when action = 'create' then case when later then 1 else 0 end
        when field = 'published' then case when value = 'true' then 1 else 0 end
        when field = 'status' then case when value in ('"ACTIVE"', '"UNLISTED"') then 1 else 0 end
        else coalesce((value #>> '{}')::numeric, 0)
    end
$$;
