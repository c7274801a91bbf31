-- How many there are, in words: 1 variant, 3 images.
create or replace function counted(items jsonb, one text) returns text language sql immutable parallel safe as $$
    select n || ' ' || one || case when n = 1 then '' else 's' end
    from jsonb_array_length(coalesce(items, '[]')) as n
$$;
