create schema staging;

create table staging.products (
    account_id integer not null,
    store_id integer not null,
    product_id bigint not null,
    -- fields
    title text,
    description_html text,
    vendor text,
    product_type text,
    tags text[],
    status text,
    handle text,
    seo_title text,
    seo_description text,
    options text[],
    published boolean,
    -- facts
    origin text,
    created_at timestamptz,
    updated_at timestamptz,
    -- bookkeeping
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, product_id)
);
create index products_changed on staging.products (account_id, store_id, changed_at);
comment on table staging.products is 'Canonical rows of the last complete reading.';
comment on column staging.products.tags is 'Sorted; the store''s own spelling.';
comment on column staging.products.options is 'Option names in order; {Title} is a product without options.';
comment on column staging.products.published is 'On the publication of the Online Store.';
comment on column staging.products.origin is 'Metafield crossdock.origin: <source domain>/<source product id>, on products we created.';
comment on column staging.products.changed_at is 'Moves only when a value does.';

create table staging.variants (
    account_id integer not null,
    store_id integer not null,
    variant_id bigint not null,
    product_id bigint not null,
    -- fields
    option1 text,
    option2 text,
    option3 text,
    sku text,
    barcode text,
    price numeric,
    compare_at_price numeric,
    cost numeric,
    taxable boolean,
    inventory_policy text,
    tracked boolean,
    weight numeric,
    requires_shipping boolean,
    image_id bigint,
    -- facts
    inventory_item_id bigint not null,
    position integer,
    -- bookkeeping
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, variant_id)
);
create index variants_of_product on staging.variants (account_id, store_id, product_id);
create index variants_changed on staging.variants (account_id, store_id, changed_at);
comment on column staging.variants.weight is 'Grams, to two decimals.';
comment on column staging.variants.image_id is 'The media it shows, if any.';
comment on column staging.variants.sku is 'As the store has it; blank is null.';

create table staging.images (
    account_id integer not null,
    store_id integer not null,
    product_id bigint not null,
    image_id bigint not null,
    -- fields
    position integer,
    alt text,
    -- facts
    url text,
    status text,
    -- bookkeeping
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, product_id, image_id)
);
create index images_changed on staging.images (account_id, store_id, changed_at);
comment on table staging.images is 'Images of a product''s media, in its order from 1 (other media are not carried).';

create table staging.locations (
    account_id integer not null,
    store_id integer not null,
    location_id bigint not null,
    name text not null,
    active boolean not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, location_id)
);

create table staging.levels (
    account_id integer not null,
    store_id integer not null,
    inventory_item_id bigint not null,
    location_id bigint not null,
    -- fields
    available integer,
    -- facts
    on_hand integer,
    available_at timestamptz,
    -- bookkeeping
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, inventory_item_id, location_id)
);
create index levels_changed on staging.levels (account_id, store_id, changed_at);
comment on column staging.levels.available_at is 'When Shopify says the available figure last moved; null where it does not say.';

create table staging.collections (
    account_id integer not null,
    store_id integer not null,
    collection_id bigint not null,
    title text,
    handle text,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, collection_id)
);

create table staging.collection_products (
    account_id integer not null,
    store_id integer not null,
    collection_id bigint not null,
    product_id bigint not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, collection_id, product_id)
);
create index collections_of_product on staging.collection_products (account_id, store_id, product_id);
