-- Variants that rows may mean, of both stores.
analyze map_given;
analyze map_offered;

create temp table map_hits (
    side text not null,
    row_no integer not null,
    strength integer not null,
    variant_id bigint not null,
    product_id bigint not null,
    sku text
) on commit drop;
