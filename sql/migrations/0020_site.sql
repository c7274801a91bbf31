-- Who may come into the site.
create table users (
    account_id integer not null references accounts (account_id),
    user_id integer generated always as identity,
    name text not null,
    password text not null,
    password_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    primary key (account_id, user_id),
    unique (account_id, name)
);
comment on table users is 'Operators: they see their account and everything in it. A store''s people come in by their store and are no rows here.';
comment on column users.password is 'scrypt: cost, block size, parallelism, salt and hash.';

create table entry_links (
    account_id integer not null references accounts (account_id),
    entry_link_id integer generated always as identity,
    sha256 bytea not null,
    store_id integer,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (account_id, entry_link_id),
    unique (account_id, sha256),
    foreign key (account_id, store_id) references stores (account_id, store_id)
);
comment on table entry_links is 'Links that let somebody in once. Only a hash of what they carry is kept.';
comment on column entry_links.store_id is 'Whose people it lets in; null: it lets an operator set a password.';

create table sessions (
    sid text primary key,
    sess jsonb not null,
    expire timestamptz not null
);
create index sessions_expired on sessions (expire);
comment on table sessions is 'Browsers that are, or were, signed in; kept by the site''s session store (connect-pg-simple), which knows no accounts.';

-- Pages list a store's products by title, some at a time.
create index products_by_title on staging.products (account_id, store_id, lower(coalesce(title, '')), product_id);
-- ... and what was done with a connection.
create index audit_events_of_connection on audit_events (account_id, connection_id, event_id) where connection_id is not null;

-- Pages show a set's lines some at a time, those that tripped a brake first, those of one product together; and count them
-- by what they are about from the index alone.
create index changes_in_order on changes (
    account_id,
    change_set_id,
    (brake is null),
    coalesce(source_product_id, destination_product_id, item_id),
    change_id
);
drop index changes_of_set;
create index changes_of_set on changes (account_id, change_set_id, status, entity, action, field);
