create table change_sets (
    account_id integer not null,
    change_set_id bigint generated always as identity,
    connection_id integer not null,
    kind text not null check (kind in ('catalogue', 'price', 'stock', 'life_cycle')),
    run_id bigint,
    state text not null check (state in ('held', 'approved', 'loading', 'loaded', 'superseded', 'rejected', 'rolled_back')),
    hold_reason text,
    counts jsonb not null default '{}',
    created_at timestamptz not null default now(),
    approved_at timestamptz,
    approved_by text,
    loaded_at timestamptz,
    rolled_back_at timestamptz,
    primary key (account_id, change_set_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id)
);
create unique index change_sets_one_open on change_sets (account_id, connection_id, kind)
    where state in ('held', 'approved', 'loading');
comment on table change_sets is 'The outcome of one comparison, by kind; one open per connection and kind (rule 88).';
comment on column change_sets.hold_reason is 'first_sync, or the brake that tripped, in words.';

create table changes (
    account_id integer not null,
    change_id bigint generated always as identity,
    change_set_id bigint not null,
    connection_id integer not null,
    entity text not null check (entity in ('product', 'variant', 'image', 'level')),
    action text not null check (action in ('create', 'update', 'delete')),
    source_product_id bigint,
    destination_product_id bigint,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null default '',
    label text not null default '',
    before jsonb,
    after jsonb,
    saw jsonb,
    origin text not null check (origin in ('first_sync', 'source_changed', 'rule_changed', 'dest_edited', 'both', 'rollback')),
    mode text,
    rule text not null,
    base text,
    inputs text,
    depends_on bigint,
    status text not null check (status in (
        'proposed', 'held', 'approved', 'rejected', 'superseded', 'loading', 'applied', 'as_stored', 'settling',
        'stale_source', 'conflict', 'failed', 'blocked', 'unknown', 'rolled_back')),
    message text,
    decided_by text,
    applied_at timestamptz,
    primary key (account_id, change_id),
    foreign key (account_id, change_set_id) references change_sets (account_id, change_set_id)
);
create index changes_of_set on changes (account_id, change_set_id, status, entity, action);
create index changes_of_item on changes (account_id, connection_id, entity, item_id, location_id, field);
create index changes_depending on changes (account_id, depends_on) where depends_on is not null;
comment on table changes is 'One create, update or delete, by field; a creation is one row with its payload.';
comment on column changes.item_id is 'Of a create: the source''s id. Of an update or delete: the destination''s (of a level: its inventory item).';
comment on column changes.field is 'Empty for a creation or deletion.';
comment on column changes.label is 'What a person calls it: SKU, or handle.';
comment on column changes.before is 'As read when it was compared; a quantity is written only over this (changeFromQuantity).';
comment on column changes.after is 'What is to be written; of a creation the whole payload.';
comment on column changes.saw is 'What the answer said is now there.';
comment on column changes.rule is 'The rule that decided, in words a person can look up in the settings.';
comment on column changes.depends_on is 'The change that must be applied first (publishing a created product).';

create table decisions (
    account_id integer not null,
    connection_id integer not null,
    entity text not null,
    action text not null,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null default '',
    decision text not null check (decision in ('reject', 'keep', 'replace', 'roll_back')),
    desired jsonb,
    value jsonb,
    decided_by text not null,
    decided_at timestamptz not null default now(),
    primary key (account_id, connection_id, entity, action, item_id, location_id, field),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table decisions is 'What a person said of a line; outlives its set (rule 88).';
comment on column decisions.desired is 'The value they said it of: the line comes back when this moves. A keep stands whatever moves, and so does any decision on a creation.';
comment on column decisions.value is 'Of a replace: what is written instead.';

create table deviations (
    account_id integer not null,
    connection_id integer not null,
    entity text not null,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null default '',
    source_product_id bigint,
    label text not null default '',
    desired jsonb,
    actual jsonb,
    origin text not null,
    mode text,
    rule text not null,
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    primary key (account_id, connection_id, entity, item_id, location_id, field),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
create index deviations_of_product on deviations (account_id, connection_id, source_product_id);
comment on table deviations is 'A difference that a rule lets stand: state, not a row per run.';

create table problems (
    account_id integer not null,
    connection_id integer not null,
    code text not null,
    entity text not null,
    item_id bigint not null,
    other_id bigint not null default 0,
    source_product_id bigint,
    label text not null default '',
    detail text not null,
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    primary key (account_id, connection_id, code, entity, item_id, other_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
create index problems_of_product on problems (account_id, connection_id, source_product_id);
comment on table problems is 'What keeps an item out of a comparison, with the ids to look at (rules 1 to 6, 10, 13, 30 to 32).';
