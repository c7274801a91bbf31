create table product_links (
    account_id integer not null,
    connection_id integer not null,
    source_product_id bigint not null,
    destination_store_id integer not null,
    destination_product_id bigint not null,
    created_by_us boolean not null,
    created_at timestamptz not null default now(),
    primary key (account_id, connection_id, source_product_id),
    unique (account_id, destination_store_id, destination_product_id)
);
comment on table product_links is 'A destination product has one owning connection (D7), which writes its fields.';

create table variant_links (
    account_id integer not null,
    connection_id integer not null,
    source_variant_id bigint not null,
    source_product_id bigint not null,
    destination_store_id integer not null,
    destination_variant_id bigint not null,
    destination_product_id bigint not null,
    matched_by text not null check (matched_by in ('origin', 'mapping', 'sku', 'barcode', 'handle')),
    created_by_us boolean not null,
    factor integer not null default 1 check (factor > 0),
    price_per text not null default 'unit',
    existing_items text,
    created_at timestamptz not null default now(),
    primary key (account_id, connection_id, destination_variant_id),
    unique (account_id, destination_store_id, destination_variant_id)
);
create index variant_links_by_source on variant_links (account_id, connection_id, source_variant_id);
create index variant_links_by_source_product on variant_links (account_id, connection_id, source_product_id);
create index variant_links_by_destination_product on variant_links (account_id, connection_id, destination_product_id);
comment on table variant_links is 'Which two variants are the same, and how that was found. One source variant may feed several destination ones (packs).';
comment on column variant_links.created_by_us is 'False: it existed before and takes stock only, until existing_items says otherwise (D9).';
comment on column variant_links.existing_items is 'Of this item, by its mapping; null takes the connection''s setting.';

create table image_links (
    account_id integer not null,
    connection_id integer not null,
    source_product_id bigint not null,
    source_image_id bigint not null,
    destination_product_id bigint not null,
    destination_image_id bigint not null,
    created_at timestamptz not null default now(),
    primary key (account_id, connection_id, destination_product_id, destination_image_id),
    unique (account_id, connection_id, source_product_id, source_image_id)
);
comment on table image_links is 'Paired once, then known by id, however the destination re-hosts and renames (rule 48).';

create schema baseline;

create table baseline.products (
    account_id integer not null,
    connection_id integer not null,
    destination_product_id bigint not null,
    wrote_title text,
    saw_title text,
    wrote_description_html text,
    saw_description_html text,
    wrote_vendor text,
    saw_vendor text,
    wrote_product_type text,
    saw_product_type text,
    wrote_tags text[],
    saw_tags text[],
    wrote_status text,
    saw_status text,
    wrote_handle text,
    saw_handle text,
    wrote_seo_title text,
    saw_seo_title text,
    wrote_seo_description text,
    saw_seo_description text,
    wrote_options text[],
    saw_options text[],
    wrote_published boolean,
    saw_published boolean,
    unsettled text[] not null default '{}',
    settled_at timestamptz not null default now(),
    primary key (account_id, connection_id, destination_product_id)
);
comment on table baseline.products is 'How each pair was last settled: what we wrote (or found agreeing) and what we then saw.';
comment on column baseline.products.unsettled is 'Fields that were never settled for this item: their two columns mean nothing.';

create table baseline.variants (
    account_id integer not null,
    connection_id integer not null,
    destination_variant_id bigint not null,
    wrote_option1 text,
    saw_option1 text,
    wrote_option2 text,
    saw_option2 text,
    wrote_option3 text,
    saw_option3 text,
    wrote_sku text,
    saw_sku text,
    wrote_barcode text,
    saw_barcode text,
    wrote_price numeric,
    saw_price numeric,
    wrote_compare_at_price numeric,
    saw_compare_at_price numeric,
    wrote_cost numeric,
    saw_cost numeric,
    wrote_taxable boolean,
    saw_taxable boolean,
    wrote_inventory_policy text,
    saw_inventory_policy text,
    wrote_tracked boolean,
    saw_tracked boolean,
    wrote_weight numeric,
    saw_weight numeric,
    wrote_requires_shipping boolean,
    saw_requires_shipping boolean,
    wrote_image_id bigint,
    saw_image_id bigint,
    base text,
    inputs text,
    unsettled text[] not null default '{}',
    settled_at timestamptz not null default now(),
    primary key (account_id, connection_id, destination_variant_id)
);
comment on column baseline.variants.base is 'The source''s amounts from which the prices were derived.';
comment on column baseline.variants.inputs is 'Rule, rate and factor that derived them: a difference in these alone is rule_changed.';
comment on column baseline.variants.wrote_image_id is 'The destination''s image.';

create table baseline.images (
    account_id integer not null,
    connection_id integer not null,
    destination_product_id bigint not null,
    destination_image_id bigint not null,
    wrote_position integer,
    saw_position integer,
    wrote_alt text,
    saw_alt text,
    unsettled text[] not null default '{}',
    settled_at timestamptz not null default now(),
    primary key (account_id, connection_id, destination_product_id, destination_image_id)
);

create table baseline.levels (
    account_id integer not null,
    connection_id integer not null,
    inventory_item_id bigint not null,
    location_id bigint not null,
    wrote_available integer,
    saw_available integer,
    inputs text,
    unsettled text[] not null default '{}',
    settled_at timestamptz not null default now(),
    primary key (account_id, connection_id, inventory_item_id, location_id)
);
comment on column baseline.levels.inputs is 'Factor and buffer that derived the figure.';
