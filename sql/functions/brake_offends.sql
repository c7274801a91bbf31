-- Whether an item that was so and will be so is one that a brake counts (rule 86).
create or replace function brake_offends(brake text, was numeric, will_be numeric, price_move_pct numeric) returns boolean
language sql immutable parallel safe as $$
    select case
        when brake = 'price' then was > 0 and abs(will_be - was) * 100 > price_move_pct * was
        when brake = 'lost_price' then was > 0 and (will_be <= 0 or will_be * 10 < was)
        when brake in ('new_products', 'new_variants') then was <= 0 and will_be > 0
        else was > 0 and will_be <= 0
    end
$$;
