create table calls (
    account_id integer not null,
    call_id bigint generated always as identity,
    store_id integer not null,
    connection_id integer,
    change_set_id bigint,
    run_id bigint,
    name text not null,
    transport text not null check (transport in ('plain', 'bulk')),
    variables jsonb,
    idempotency_key text,
    state text not null default 'planned' check (state in ('planned', 'sent', 'answered', 'unknown')),
    staged_path text,
    bulk_operation_id bigint,
    answer jsonb,
    error text,
    planned_at timestamptz not null default now(),
    sent_at timestamptz,
    answered_at timestamptz,
    primary key (account_id, call_id),
    foreign key (account_id, store_id) references stores (account_id, store_id)
);
create index calls_unanswered on calls (account_id, store_id) where state in ('sent', 'unknown');
comment on table calls is 'The outbox: written before it is sent, repeated only verbatim. What was sent and never answered is looked up, not guessed.';
comment on column calls.name is 'The document''s name; a bulk operation also carries the call''s id in its operation name.';
comment on column calls.variables is 'Canonical; null for a bulk call, whose lines hold theirs.';

create table call_lines (
    account_id integer not null,
    call_id bigint not null,
    line_number integer not null,
    change_ids bigint[] not null,
    variables jsonb,
    idempotency_key text,
    answer jsonb,
    primary key (account_id, call_id, line_number),
    foreign key (account_id, call_id) references calls (account_id, call_id)
);
comment on table call_lines is 'Which changes a line of a call carries; 0-based as Shopify counts. A plain call has line 0.';
