create table scopes (
    account_id integer not null,
    connection_id integer not null,
    kind text not null check (kind in ('all', 'collection', 'product', 'tag')),
    value text not null default '',
    action text not null default 'include' check (action in ('include', 'exclude')),
    primary key (account_id, connection_id, action, kind, value),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table scopes is 'Which source products a connection takes. A collection or product is named by handle, or by its id.';

create table lock_rules (
    account_id integer not null,
    connection_id integer not null,
    lock_rule_id integer not null,
    scope text not null check (scope in ('all', 'product_type', 'vendor', 'tag', 'collection', 'sku')),
    scope_value text not null default '',
    field text not null,
    mode text not null check (mode in ('follow', 'enforced', 'create_only', 'never')),
    priority integer not null default 0,
    primary key (account_id, connection_id, lock_rule_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table lock_rules is 'Who governs a field, and where: SKU > collection > tag > product type > vendor > all, then priority, then the older (D2).';
comment on column lock_rules.lock_rule_id is 'Its place in the settings, from 1: the older has the lower.';

create table price_rules (
    account_id integer not null,
    connection_id integer not null,
    price_rule_id integer not null,
    scope text not null check (scope in ('all', 'product_type', 'vendor', 'tag', 'collection', 'sku')),
    scope_value text not null default '',
    base text not null default 'price' check (base in ('price', 'compare_at', 'cost')),
    rate numeric,
    percent numeric not null default 0,
    amount numeric not null default 0,
    ending text not null default 'none',
    min_price numeric,
    min_margin_pct numeric,
    valid_from timestamptz,
    valid_to timestamptz,
    priority integer not null default 0,
    primary key (account_id, connection_id, price_rule_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table price_rules is 'How a destination price is derived (rules 37, 38).';
comment on column price_rules.rate is 'A fixed rate of the merchant''s own; null takes the exchange rate of the two currencies.';
comment on column price_rules.ending is 'none, .99, .95, .00, nearest_0.05 …';

create table exchange_rates (
    account_id integer not null,
    connection_id integer not null,
    from_currency text not null,
    to_currency text not null,
    rate numeric not null check (rate > 0),
    as_of timestamptz not null,
    primary key (account_id, connection_id, from_currency, to_currency),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on column exchange_rates.as_of is 'A rate older than 7 days holds price lines (rule 39).';

create table location_links (
    account_id integer not null,
    connection_id integer not null,
    source_location_id bigint not null,
    destination_location_id bigint not null,
    mode text not null default 'mirror' check (mode in ('mirror', 'sum_into')),
    priority integer not null default 0,
    primary key (account_id, connection_id, source_location_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table location_links is 'A source location feeds at most one destination location per connection (rule 26).';

create table buffers (
    account_id integer not null,
    connection_id integer not null,
    buffer_id integer not null,
    scope text not null check (scope in ('all', 'product_type', 'vendor', 'tag', 'collection', 'sku')),
    scope_value text not null default '',
    buffer_units integer not null default 0,
    buffer_pct numeric not null default 0,
    zero_below integer not null default 0,
    priority integer not null default 0,
    primary key (account_id, connection_id, buffer_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table buffers is 'Units kept back from a destination (rule 21).';

create table mappings (
    account_id integer not null,
    connection_id integer not null,
    source_sku text not null,
    destination_sku text not null,
    factor integer not null default 1 check (factor > 0),
    price_per text not null default 'unit' check (price_per in ('unit', 'pack')),
    existing_items text check (existing_items in ('stock_only', 'fill_blank', 'overwrite')),
    primary key (account_id, connection_id, destination_sku),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table mappings is 'A merchant''s row that says two variants are the same; it beats every match key (D8).';
comment on column mappings.factor is 'Source units in one destination unit: 6 for a six-pack.';
