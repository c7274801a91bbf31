-- What a tripped brake says to a person: what it counts, since when, how many (of how many, where it goes by share), and what
-- is let through.
create or replace function brake_words(
    brake text, reference text, hits bigint, base bigint, pct numeric, most integer, price_move_pct numeric
) returns text language sql immutable parallel safe as $$
    select format(
        case brake
            when 'zero' then 'stock to zero%1$s for %2$s of %3$s items that had some: more than %4$s'
            when 'price' then 'price moved by more than %5$s %%%1$s for %2$s of %3$s items: more than %4$s'
            when 'lost_price' then 'price to 0 or under a tenth%1$s for %2$s items: none may'
            when 'gone_products' then '%2$s%6$s products deleted or taken off sale%1$s: more than %4$s'
            when 'gone_variants' then '%2$s%6$s variants deleted%1$s: more than %4$s'
            when 'new_products' then '%2$s products created%1$s: more than %4$s'
            when 'new_variants' then '%2$s variants created%1$s: more than %4$s'
        end,
        case reference
            when '24 h' then ' within 24 hours'
            when '7 d' then ' within 7 days'
            when 'approved' then ' since a person last approved'
        end,
        hits, base, coalesce(pct::text || ' %', most::text), price_move_pct::text,
        case when pct is not null then ' of ' || base end
    )
$$;
