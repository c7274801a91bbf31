-- The most specific scope wins: SKU > collection > tag > product type > vendor > all (D2).
create or replace function scope_rank(scope text) returns integer language sql immutable parallel safe as $$
    select array_position(array['all', 'vendor', 'product_type', 'tag', 'collection', 'sku'], scope)
$$;
