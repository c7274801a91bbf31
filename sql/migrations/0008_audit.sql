create table audit_events (
    account_id integer not null references accounts (account_id),
    event_id bigint generated always as identity,
    at timestamptz not null default now(),
    who text not null,
    what text not null,
    connection_id integer,
    store_id integer,
    run_id bigint,
    detail jsonb not null default '{}',
    primary key (account_id, event_id)
);
comment on table audit_events is 'What people and jobs did: approved, rejected, accepted, connected, fired, dropped.';

create table notices (
    account_id integer not null references accounts (account_id),
    notice_id bigint generated always as identity,
    store_id integer,
    connection_id integer,
    code text not null,
    text text not null,
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    ended_at timestamptz,
    primary key (account_id, notice_id)
);
create unique index notices_open on notices (account_id, code, coalesce(store_id, 0), coalesce(connection_id, 0)) where ended_at is null;
comment on table notices is 'What a person has to know now: a doubtful snapshot, a stopped store, a held set. One open per cause.';
