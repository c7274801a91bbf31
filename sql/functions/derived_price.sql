-- Rules 37 and 38: the derived price, half-up to the currency's minor unit, its ending upward where it would undercut the floor.
create or replace function derived_price(
    base numeric, cost numeric, rate numeric, percent numeric, amount numeric, ending text,
    min_price numeric, min_margin_pct numeric, digits integer
) returns numeric language plpgsql immutable parallel safe as $$
declare
    least_price constant numeric := greatest(min_price, cost * rate * (1 + min_margin_pct / 100), 0);
    price constant numeric := round(greatest(base * rate * (1 + percent / 100) + amount, least_price), digits);
    step numeric := 1;
    tail numeric := 0;
    ended numeric;
begin
    if base is null or rate is null then
        return null;
    end if;
    if ending is null or ending = 'none' or digits = 0 then
        return price;
    end if;
    if ending like 'nearest%' then
        step := substr(ending, 9)::numeric;
    else
        tail := ending::numeric;
    end if;
    -- the nearest price with that ending, ties upward
    ended := floor((price - tail) / step + 0.5) * step + tail;
    while ended <= 0 or ended < least_price loop
        ended := ended + step;
    end loop;
    return round(ended, digits);
end
$$;
