create table runs (
    account_id integer not null references accounts (account_id),
    run_id bigint generated always as identity,
    job text not null,
    arguments jsonb not null default '{}',
    reason text not null check (reason in ('schedule', 'catch_up', 'person', 'job')),
    slot timestamptz,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'held', 'failed', 'dropped')),
    attempt integer not null default 0,
    progress jsonb not null default '{}',
    result jsonb,
    error text,
    requested_at timestamptz not null default now(),
    started_at timestamptz,
    heartbeat_at timestamptz,
    ended_at timestamptz,
    primary key (account_id, run_id)
);
create unique index runs_one_per_slot on runs (account_id, job, slot) where slot is not null;
create index runs_by_state on runs (account_id, state, job);
comment on table runs is 'One execution of a job: why, when, how far, how it ended. The state people see.';
comment on column runs.attempt is 'Fencing: each take-over counts it up, and whoever holds an older number may change nothing any more.';
comment on column runs.slot is 'The moment of the schedule this run stands for; fired once (rule 83).';

create table snapshots (
    account_id integer not null,
    snapshot_id bigint generated always as identity,
    store_id integer not null,
    run_id bigint,
    operation text not null,
    kind text not null check (kind in ('full', 'incremental')),
    filter text,
    document text not null,
    bulk_operation_id bigint,
    read_at timestamptz,
    done_at timestamptz,
    objects_announced bigint,
    rows_staged bigint,
    counts jsonb not null default '{}',
    state text not null default 'reading' check (state in ('reading', 'complete', 'doubtful', 'broken')),
    reason text,
    merged_at timestamptz,
    result_url text,
    created_at timestamptz not null default now(),
    primary key (account_id, snapshot_id),
    foreign key (account_id, store_id) references stores (account_id, store_id)
);
create index snapshots_last_complete on snapshots (account_id, store_id, operation, read_at) where state = 'complete';
comment on table snapshots is 'One reading of one operation''s entities of one store. Only a complete one is merged and compared.';
comment on column snapshots.operation is 'Which extract: catalogue, levels, collections, publications …';
comment on column snapshots.read_at is 'createdAt of the bulk operation: what was true from then on may be missing from it.';
comment on column snapshots.counts is 'Rows by entity.';
comment on column snapshots.reason is 'Why it is doubtful or broken (rules 72, 73).';
comment on column snapshots.merged_at is 'When its rows became staging rows; a doubtful one is merged only after a person accepts it.';
comment on column snapshots.document is 'The query that was sent, with its name, by which an unanswered start is found again.';
