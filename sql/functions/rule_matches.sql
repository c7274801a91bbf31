-- Whether a rule with this scope governs an item with these values of the source (D2).
-- Stable, as turning a list into text is: called immutable it could not be merged into the statements that ask it.
create or replace function rule_matches(
    scope text, scope_value text, vendor text, product_type text, tags text[], collections text[], sku text
) returns boolean language sql stable parallel safe as $$
    select case scope
        when 'all' then true
        when 'sku' then sku = scope_value
        when 'vendor' then vendor = scope_value
        when 'product_type' then product_type = scope_value
        when 'tag' then lower(scope_value) = any (lower(tags::text)::text[])
        when 'collection' then scope_value = any (collections)
        else false
    end
$$;
