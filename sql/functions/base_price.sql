-- The amount a price rule starts from; without a compare-at price it starts from the price.
create or replace function base_price(base text, price numeric, compare_at_price numeric, cost numeric)
returns numeric language sql immutable parallel safe as $$
    select case base when 'cost' then cost when 'compare_at' then coalesce(compare_at_price, price) else price end
$$;
