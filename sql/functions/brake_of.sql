-- The brake that looks at a line (rule 86), if one does. One function, so that lines and what is remembered of them agree.
create or replace function brake_of(entity text, action text, field text) returns text
language sql immutable parallel safe as $$
    select case
        when action = 'update' and entity = 'level' and field = 'available' then 'zero'
        when action = 'update' and entity = 'variant' and field = 'price' then 'price'
        when action = 'update' and entity = 'product' and field in ('published', 'status') then 'gone_products'
        when action = 'delete' and entity = 'product' then 'gone_products'
        when action = 'delete' and entity = 'variant' then 'gone_variants'
        when action = 'create' and entity = 'product' then 'new_products'
        when action = 'create' and entity = 'variant' then 'new_variants'
    end
$$;
