-- The mode of a field that no lock rule governs (D2, D4, rule 45).
create or replace function default_mode(lock text, quantity_mode text, new_products text)
returns text language sql immutable parallel safe as $$
    select case
        when lock = 'quantity' then quantity_mode
        when lock = 'cost' then 'never'
        when lock = 'status' and new_products = 'draft' then 'create_only'
        else 'follow'
    end
$$;
