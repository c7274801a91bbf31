-- How a destination comes to a source: by a code it asks with, or by a key that the source made for it.
create table joins (
    account_id integer not null references accounts (account_id),
    join_id integer generated always as identity,
    source_store_id integer not null,
    destination_store_id integer not null,
    state text not null default 'waiting' check (state in ('waiting', 'approved', 'connected', 'refused', 'taken_back')),
    asked_by text not null,
    asked_at timestamptz not null default now(),
    decided_by text,
    decided_at timestamptz,
    source_location_id bigint,
    destination_location_id bigint,
    connection_id integer,
    fault text,
    fault_store_id integer,
    primary key (account_id, join_id),
    foreign key (account_id, source_store_id) references stores (account_id, store_id) on delete cascade,
    foreign key (account_id, destination_store_id) references stores (account_id, store_id) on delete cascade,
    check (source_store_id <> destination_store_id)
);
create unique index joins_open on joins (account_id, source_store_id, destination_store_id) where state in ('waiting', 'approved');
comment on table joins is 'Wishes of destinations to be fed by a source. One open per pair; a worker makes the connection of an approved one.';
comment on column joins.state is 'approved: the source agreed, or gave its key, and a worker has yet to connect the two.';
comment on column joins.source_location_id is 'Whose stock counts, where the source has several locations; each side chooses its own.';
comment on column joins.fault is 'Why the last try to connect failed, in words.';
comment on column joins.fault_store_id is 'Whose business the fault is; null: the operator''s.';

create table join_keys (
    account_id integer not null references accounts (account_id),
    join_key_id integer generated always as identity,
    store_id integer not null,
    sha256 bytea not null,
    domain text,
    location_id bigint,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by_store_id integer,
    ended_at timestamptz,
    primary key (account_id, join_key_id),
    unique (account_id, sha256),
    foreign key (account_id, store_id) references stores (account_id, store_id) on delete cascade
);
create index join_keys_of_store on join_keys (account_id, store_id, join_key_id);
comment on table join_keys is 'Keys that connect one destination with a source at once. Only a hash of each is kept.';
comment on column join_keys.domain is 'The only destination that may use it; null: any of the account.';
comment on column join_keys.ended_at is 'When the source took it back.';

-- Six letters could be guessed in time; a source makes a longer one by its page, or when it is added again.
update stores set join_code = null where join_code not like 'CD-____-____-____';
create unique index stores_by_join_code on stores (account_id, join_code) where join_code is not null;
comment on column stores.join_code is 'CD-XXXX-XXXX-XXXX, what a destination enters to ask for a source; the source may renew it, and the old one is dead.';

-- How often a store tried codes that are none.
create index audit_events_of_misses on audit_events (account_id, store_id, at) where what = 'join.missed';
-- What was done with a store, the newest first.
create index audit_events_of_store on audit_events (account_id, store_id, event_id) where store_id is not null;
