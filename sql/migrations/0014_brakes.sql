alter table changes
    add column from_sales boolean not null default false,
    add column brake text;
comment on column changes.from_sales is 'A lowering that follows from known sales: no brake looks at it, and a held set does not hold it (rule 86).';
comment on column changes.brake is 'The brake that this line helped to trip; such lines are shown first (rule 86).';

-- What was written within the last days, which brakes look back on.
create index changes_applied on changes (account_id, connection_id, applied_at) where applied_at is not null;

create table brake_references (
    account_id integer not null,
    connection_id integer not null,
    kind text not null,
    moved_at timestamptz not null default now(),
    primary key (account_id, connection_id, kind),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table brake_references is 'When a person last decided a whole change set of a kind: what was before that is no measure any more (rule 86).';

create table approved_states (
    account_id integer not null,
    connection_id integer not null,
    kind text not null,
    brake text not null,
    item_id bigint not null,
    location_id bigint not null default 0,
    was numeric not null,
    wrote numeric not null,
    moved_at timestamptz not null default now(),
    primary key (account_id, connection_id, kind, brake, item_id, location_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table approved_states is 'What items were when a person last approved them, of items that rules have written since; one row an item, however often it is written (rule 86).';
comment on column approved_states.was is 'In the brake''s own measure: units, an amount, 1 for there or on sale, 0 for not; the first that was above 0.';
comment on column approved_states.wrote is 'What was written last, in the same measure.';
