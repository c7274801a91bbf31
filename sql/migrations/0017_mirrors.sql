-- What becomes of a pushed order at one store is carried to its twin, once (rules 24, 63 to 69, 89, D19).

alter table connections add column mirrored_at timestamptz;
comment on column connections.mirrored_at is 'When its mirrors were last planned.';

alter table order_pushes add column refunds_before bigint[] not null default '{}';
comment on column order_pushes.refunds_before is 'Refunds that the destination''s order had when the push was planned: the push carries what they left.';

alter table order_push_lines add column bought integer;
comment on column order_push_lines.bought is 'Units of the destination''s line when the push was planned, refunded ones added back: what edits are measured from. Null: as many as are pushed.';

create table mirror_intents (
    account_id integer not null,
    mirror_id bigint generated always as identity,
    connection_id integer not null,
    order_push_id bigint not null,
    kind text not null check (
        kind in (
            'fulfillment', 'tracking', 'unship', 'refund', 'cancel', 'cancel_lines', 'edit', 'return', 'return_step',
            'return_process', 'refund_money'
        )
    ),
    towards text not null check (towards in ('source', 'destination')),
    origin_id bigint not null,
    location_id bigint not null default 0,
    n integer not null default 0,
    payload jsonb not null default '{}',
    variables jsonb,
    key text,
    tries integer not null default 0,
    state text not null default 'planned' check (
        state in (
            'planned', 'sent', 'unknown', 'answered', 'adopted', 'waiting', 'proposed', 'held', 'refused'
        )
    ),
    reason text,
    detail text,
    target_id bigint,
    amount numeric,
    currency text,
    event_at timestamptz,
    planned_at timestamptz not null default now(),
    first_sent_at timestamptz,
    sent_at timestamptz,
    told_at timestamptz,
    approved_by text,
    approved_at timestamptz,
    run_id bigint,
    changed_at timestamptz not null default now(),
    primary key (account_id, mirror_id),
    unique (account_id, connection_id, kind, towards, origin_id, location_id, n),
    foreign key (account_id, connection_id) references connections (account_id, connection_id),
    foreign key (account_id, order_push_id) references order_pushes (account_id, order_push_id)
);
create index mirror_intents_of_push on mirror_intents (account_id, order_push_id);
create index mirror_intents_of_target on mirror_intents (account_id, connection_id, target_id);
create index mirror_intents_open on mirror_intents (account_id, connection_id, state)
where state not in ('answered', 'adopted');
comment on table mirror_intents is 'What became of a pushed order at one store and is to be carried to its twin, once: written before anything is sent (rules 64 to 69).';
comment on column mirror_intents.kind is 'fulfillment: a parcel. tracking, unship: its other tracking, or that it never left. refund: units. refund_money: money alone (D19). cancel: the whole order; cancel_lines: what a cancelled twin leaves of an order that has lines of others. edit: other quantities. return: that units are sent back; return_step: its approval, refusal, end; return_process: they came.';
comment on column mirror_intents.towards is 'The store that is written to.';
comment on column mirror_intents.origin_id is 'What happened at the other store: its fulfilment, refund, return; of a cancellation or an edit its order, of an edit found at the source its line.';
comment on column mirror_intents.location_id is 'Of a parcel the destination''s location it is shipped from there; 0: none has these units left.';
comment on column mirror_intents.n is 'Counts several of one origin: changes of tracking, edits of an order, steps of a return. Of a parcel 1: what waits of it.';
comment on column mirror_intents.payload is 'What is to be carried, in units of the destination unless it says source.';
comment on column mirror_intents.variables is 'What was sent, to be repeated as it was.';
comment on column mirror_intents.key is 'Made of the connection and the event, never of a run: Shopify knows a repeated refund by it, and we our own by its note.';
comment on column mirror_intents.tries is 'How often it was made anew after a refusal; part of the key.';
comment on column mirror_intents.state is 'planned: nothing was sent. sent, unknown: it may be there. answered: done. adopted: what stands there already was matched to it, or nothing is left to do. waiting: for the rest of a pack, or for a parcel. proposed: money that a person approves. held, refused: a person must look, see reason.';
comment on column mirror_intents.target_id is 'What stands for it at the store written to: fulfilment, refund, return, or the order.';
comment on column mirror_intents.amount is 'Money that is given back, in the currency beside it: that of the store written to.';
comment on column mirror_intents.event_at is 'When it happened, by the time of the store where it did.';
comment on column mirror_intents.sent_at is 'The time of the store written to at the last sending, as are first_sent_at and told_at.';

alter table stock_movements add column mirror_id bigint;
create index stock_movements_of_mirror on stock_movements (account_id, mirror_id) where mirror_id is not null;
comment on column stock_movements.mirror_id is 'The mirror by which the source was told of it, or from which the destination has it: such a movement adds units only where the source shows them.';
