-- How things end: products that leave (D15), connections that are blocked or disconnected (D14).
create table departures (
    account_id integer not null,
    connection_id integer not null,
    source_product_id bigint not null,
    why text not null check (why in ('gone', 'out_of_scope')),
    since timestamptz not null default now(),
    first_absent_at timestamptz,
    last_absent_at timestamptz,
    primary key (account_id, connection_id, source_product_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id) on delete cascade
);
comment on table departures is 'Linked source products that are gone or out of scope; one that comes back is forgotten (rules 8, 12).';
comment on column departures.since is 'What a person said of its lines before this was said of an earlier departure.';
comment on column departures.first_absent_at is 'read_at of the first whole reading seen without it: the source''s own time. Null while the source has it.';
comment on column departures.last_absent_at is 'Of the last one: 20 hours after the first it proves that the product was deleted (D15).';

alter table connections
    add column ending text check (ending in ('blocked', 'disconnected')),
    add column ending_items text check (ending_items in ('leave', 'zero', 'draft', 'delete')),
    add column ending_by text,
    add column blocked_at timestamptz,
    add column disconnected_at timestamptz,
    add check ((ending is null) = (ending_items is null) and (ending is null) = (ending_by is null));
comment on column connections.ending is 'The state a person asked for while its items are still being written; a run that finds it goes on with it (D14).';
comment on column connections.ending_items is 'What is to become of the linked items.';
comment on column connections.blocked_at is 'Since when the source has it blocked; a destination that disconnects and reconnects does not undo that (D14).';
comment on column connections.disconnected_at is 'When it was last disconnected.';

alter table changes drop constraint changes_origin_check;
alter table changes add constraint changes_origin_check check (
    origin in ('first_sync', 'source_changed', 'rule_changed', 'dest_edited', 'both', 'rollback', 'person')
);
comment on column changes.origin is 'What caused it; person: an end that somebody confirmed by its numbers (D14).';
