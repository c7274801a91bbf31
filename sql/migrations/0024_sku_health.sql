-- What SKU health found of a connection's two stores, kept by every whole pass, so that pages and reports only read it.
create table sku_findings (
    account_id integer not null,
    connection_id integer not null,
    finding_id bigint generated always as identity,
    rule text not null,
    severity text not null check (severity in ('critical', 'warning', 'info')),
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
    fix_file text not null default 'none' check (fix_file in ('sku_fix.csv', 'variant_map.csv', 'none')),
    seen_by_source boolean not null,
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    ignored_until timestamptz,
    primary key (account_id, connection_id, finding_id),
    unique (account_id, connection_id, rule, store_id, product_id, variant_id, location_id, other_variant_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
-- as the page shows them: what a person ignores last, the worst first
create index sku_findings_in_order on sku_findings (
    account_id, connection_id, (ignored_until is not null), (array_position(array['critical', 'warning', 'info'], severity)), rule, sku,
    finding_id
);
comment on table sku_findings is 'What is wrong, or nearly, with the SKUs of a connection: state, not a row per run.';
comment on column sku_findings.variant_id is '0: it is about the product.';
comment on column sku_findings.sku is 'As the store had it when it was looked at.';
comment on column sku_findings.seen_by_source is 'Whether the source may see it: not what a destination has of its own (rule 91).';
comment on column sku_findings.ignored_until is 'A person wants to hear nothing of it until then; the first whole run after it takes it off.';

create table sku_health (
    account_id integer not null,
    connection_id integer not null,
    run_id bigint not null,
    at timestamptz not null default now(),
    score integer check (score between 0 and 100),
    offered integer not null,
    exact integer not null,
    mapped integer not null,
    near_miss integer not null,
    one_sided integer not null,
    duplicate integer not null,
    blank integer not null,
    primary key (account_id, connection_id, run_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
create index sku_health_in_order on sku_health (account_id, connection_id, at);
comment on table sku_health is 'What SKU health came to after a run: its trend.';
comment on column sku_health.score is 'Of 100: what share of the offered variants is linked, near misses counting half; null: nothing is offered.';

-- Pages list and search a store's products by title. What a search looks at stands in the index with what it is sorted by, in
-- small letters: going through it costs a tenth of going through the products. (An index of trigrams made reading a store five
-- times as slow.)
alter table staging.products
    add column place text not null generated always as (left(lower(coalesce(title, '')), 250)) stored,
    add column found_by text not null generated always as (left(lower(coalesce(title, '') || ' ' || coalesce(handle, '')), 300)) stored;
comment on column staging.products.place is 'By what lists sort it.';
comment on column staging.products.found_by is 'What a search looks through. Cut, as a row of an index has room for 2,700 bytes.';
drop index staging.products_by_title;
create index products_by_title on staging.products (account_id, store_id, place, product_id) include (found_by);

-- The dashboard asks for the orders that reached their sources on some days.
create index order_pushes_by_day on order_pushes (account_id, connection_id, (coalesce(told_at, first_sent_at)))
    where state in ('answered', 'drafted');

-- Of all lines the few that set a destination's own edits back: those of a set, and those of some days.
create index changes_of_drift on changes (account_id, change_set_id) where origin in ('dest_edited', 'both');
create index changes_set_back on changes (account_id, connection_id, applied_at)
    where origin in ('dest_edited', 'both') and applied_at is not null;
