create table accounts (
    account_id integer generated always as identity primary key,
    name text not null,
    created_at timestamptz not null default now()
);
comment on table accounts is 'The tenant: stores that may be connected with each other. account_id leads every key.';

create table stores (
    account_id integer not null references accounts (account_id),
    store_id integer generated always as identity,
    domain text not null,
    role text not null check (role in ('source', 'destination')),
    origin text not null,
    api_version text not null,
    credentials bytea not null,
    state text not null default 'ready' check (state in ('ready', 'stopped')),
    state_reason text,
    -- what the shop says of itself
    shop_id bigint,
    name text,
    currency text,
    zone text,
    scopes text[] not null default '{}',
    publication_id bigint,
    join_code text,
    created_at timestamptz not null default now(),
    primary key (account_id, store_id),
    unique (account_id, domain)
);
comment on table stores is 'A Shopify shop we can reach.';
comment on column stores.origin is 'Where its API is reached: https://<domain>, or a stand-in.';
comment on column stores.credentials is 'AES-256-GCM: nonce, tag and text; the key is never in the database.';
comment on column stores.state is 'stopped: access was lost or revoked; nothing is read or written until a person acts (rule 90).';
comment on column stores.publication_id is 'The publication of its Online Store.';
comment on column stores.join_code is 'CD-TEAM-XXXXXX, what a destination enters to ask for a source.';

create table connections (
    account_id integer not null,
    connection_id integer generated always as identity,
    source_store_id integer not null,
    destination_store_id integer not null,
    rank integer not null default 0,
    join_key text not null,
    settings jsonb not null,
    settings_at timestamptz not null default now(),
    state text not null check (state in ('requested', 'connected', 'blocked', 'disconnected')),
    accepted_at timestamptz,
    first_sync_over_at timestamptz,
    compared_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (account_id, connection_id),
    unique (account_id, source_store_id, destination_store_id),
    foreign key (account_id, source_store_id) references stores (account_id, store_id),
    foreign key (account_id, destination_store_id) references stores (account_id, store_id),
    check (source_store_id <> destination_store_id)
);
comment on table connections is 'One source store feeding one destination store, with its settings.';
comment on column connections.rank is 'Of two sources with one SKU the connection of higher rank takes the link (D7).';
comment on column connections.settings is 'The one document a merchant writes; the tables of rules below are made from it.';
comment on column connections.settings_at is 'When the settings last changed: the next comparison looks at everything.';
comment on column connections.first_sync_over_at is 'When a person had decided every set held as first_sync; until then every set is held (D9).';
comment on column connections.compared_at is 'Staging rows changed before this were compared under the present settings.';
