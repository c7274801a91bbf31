-- The form in which near misses agree: case, width, blanks and invisible characters aside (rule 4, D13). Never used for writing.
create or replace function normal_sku(sku text) returns text language sql immutable parallel safe as $$
    select lower(regexp_replace(normalize(sku, NFKC), '[\s\u00ad\u200b-\u200f\u2060\ufeff]+', '', 'g'))
$$;
