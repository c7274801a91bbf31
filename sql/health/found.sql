create temp table health_found (
    rule text not null,
    severity text not null,
    store_id integer not null,
    product_id bigint not null,
    variant_id bigint not null,
    location_id bigint not null default 0,
    sku text,
    other_store_id integer,
    other_variant_id bigint not null default 0,
    other_sku text,
    suggestion text,
    new_sku text,
    fix_file text not null default 'none',
    seen_by_source boolean not null
) on commit drop
