create table stock_movements (
    account_id integer not null,
    movement_id bigint generated always as identity,
    connection_id integer not null,
    kind text not null check (kind in ('sale', 'restock', 'edit', 'adjustment')),
    origin text not null check (origin in ('line_item', 'refund_line', 'level')),
    origin_id bigint not null,
    location_id bigint not null,
    n integer not null default 0,
    order_id bigint,
    source_item_id bigint not null,
    destination_item_id bigint not null,
    source_location_id bigint not null,
    factor integer not null,
    units integer not null,
    known_at timestamptz not null,
    sent_at timestamptz,
    told_at timestamptz,
    closed_at timestamptz,
    why text,
    detail text,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    primary key (account_id, movement_id),
    unique (account_id, connection_id, kind, origin, origin_id, location_id, n),
    foreign key (account_id, connection_id) references connections (account_id, connection_id),
    check ((closed_at is null) = (why is null))
);
create index stock_movements_open on stock_movements (account_id, connection_id, source_item_id) where closed_at is null;
create index stock_movements_of_order on stock_movements (account_id, connection_id, order_id);
comment on table stock_movements is 'Effects that a source has yet to show (rules 17 to 25): what a destination sold, took back, or counted by hand.';
comment on column stock_movements.origin_id is 'Line item or refund line of the destination; of a level its inventory item.';
comment on column stock_movements.location_id is 'The destination''s location whose stock it took (rule 21a).';
comment on column stock_movements.n is 'Counts several movements of one origin: edits of a line, counts of a level.';
comment on column stock_movements.units is 'Source units, sold ones negative.';
comment on column stock_movements.known_at is 'The destination''s own time of the event.';
comment on column stock_movements.sent_at is 'When a call that carries it was sent to the source; a positive one counts no longer from then on.';
comment on column stock_movements.told_at is 'Shopify''s own time in the answer: a source row that was asked for later may show it.';
comment on column stock_movements.why is 'shown, before_push, shipped_by_destination, released, released_by_person (rule 21b).';

create table order_effects (
    account_id integer not null,
    connection_id integer not null,
    line_item_id bigint not null,
    location_id bigint not null,
    n integer not null,
    order_id bigint not null,
    destination_item_id bigint not null,
    units integer not null,
    at timestamptz not null,
    primary key (account_id, connection_id, line_item_id, location_id, n),
    foreign key (account_id, connection_id) references connections (account_id, connection_id)
);
create index order_effects_of_item on order_effects (account_id, connection_id, destination_item_id, location_id);
create index order_effects_of_order on order_effects (account_id, connection_id, order_id);
comment on table order_effects is 'What the destination''s own orders are known to have done to its levels, each change once and with its time: by it a figure is explained.';
comment on column order_effects.units is 'Units of the destination: sold ones negative, given back or taken off ones positive.';
comment on column order_effects.at is 'The destination''s own time: of a sale when it was made, of a later change when the order moved.';

create table order_pushes (
    account_id integer not null,
    order_push_id bigint generated always as identity,
    connection_id integer not null,
    destination_order_id bigint not null,
    state text not null default 'planned' check (state in ('planned', 'sent', 'answered', 'unknown', 'refused')),
    source_order_id bigint,
    reason text,
    planned_at timestamptz not null default now(),
    sent_at timestamptz,
    told_at timestamptz,
    primary key (account_id, order_push_id),
    unique (account_id, connection_id, destination_order_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id)
);
comment on table order_pushes is 'The intent to write one destination order to the source, once: written before anything is sent (rule 59).';
comment on column order_pushes.told_at is 'Shopify''s own time in the answer (of a draft: when it was completed).';

create table order_push_lines (
    account_id integer not null,
    order_push_id bigint not null,
    line_item_id bigint not null,
    source_variant_id bigint not null,
    units integer not null,
    source_location_id bigint,
    primary key (account_id, order_push_id, line_item_id),
    foreign key (account_id, order_push_id) references order_pushes (account_id, order_push_id)
);
comment on column order_push_lines.source_location_id is 'The location the twin was assigned to, once it is known (rule 21a).';

alter table baseline.levels
    add column wrote_at timestamptz,
    add column doubt_at timestamptz,
    add column doubt_units integer not null default 0,
    add column next_doubt_at timestamptz,
    add column next_doubt_units integer not null default 0;
comment on column baseline.levels.wrote_at is 'The destination''s own time of the write or reading that settled it: sales after it lower what is expected there.';
comment on column baseline.levels.doubt_at is 'When the figure last moved without a reason that is known; for 10 minutes after it no figure is raised.';
comment on column baseline.levels.doubt_units is 'Units it fell without a reason that is known: they count as sold as long as the doubt lasts.';

comment on column baseline.levels.next_doubt_at is 'As the last comparison saw it; what is written after it takes it over.';

alter table connections add column movements_at timestamptz, add column orders_since timestamptz;
comment on column connections.movements_at is 'When its movements were last brought up to what its orders say.';
comment on column connections.orders_since is 'When its settings began to count sales, if they did not from the first: older orders never count.';

alter table variant_links add column linked_at timestamptz;
comment on column variant_links.linked_at is 'The destination''s own time of the reading that linked them: only sales after it are ours.';

alter table calls add column movement_id bigint;
comment on column calls.movement_id is 'The movement that a call to the source carries.';
create index calls_of_movement on calls (account_id, movement_id) where movement_id is not null;

