-- A SKU with what cannot be seen in it made visible: spaces as dots, tabs as arrows, what has no width as empty sets.
create or replace function visible_sku(sku text) returns text language sql immutable parallel safe as $$
    select translate(
        sku,
        U&' \00a0\0009\000a\000d\00ad\200b\200c\200d\200e\200f\2060\feff',
        U&'\00b7\00b7\2192\00b6\00b6\2205\2205\2205\2205\2205\2205\2205\2205'
    )
$$;
