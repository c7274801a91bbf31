-- What a push carries of an order, and what has become of it (rules 52 to 63, 70, 71).

alter table stores
    add column contact_email text,
    add column automatic_push boolean not null default true;
comment on column stores.contact_email is 'The address that a shop gives as its own.';
comment on column stores.automatic_push is 'Of a destination: off, none of its orders is pushed unless a person asks (rule 57).';

alter table connections add column orders_from timestamptz;
comment on column connections.orders_from is 'Orders are read from here on, where a person asked for some that are older than the connection (rule 70).';

alter table staging.orders
    add column closed_at timestamptz,
    add column presentment_currency text,
    add column taxes_included boolean,
    add column discount_total numeric,
    add column discount_codes text[] not null default '{}',
    add column shipping_title text,
    add column shipping_total numeric,
    add column refunded_total numeric,
    add column tags text[] not null default '{}',
    add column cancel_reason text,
    add column origin text;
comment on column staging.orders.shipping_total is 'What the buyer paid for shipping, in the shop''s currency.';
comment on column staging.orders.origin is 'Our mark, crossdock.origin: the destination''s domain and order that a source''s order stands for.';
create index orders_of_origin on staging.orders (account_id, store_id, origin) where origin is not null;

alter table staging.order_people
    add column note text,
    add column attributes jsonb;
comment on column staging.order_people.attributes is 'Attributes of the order, as list of key and value.';

alter table staging.line_items
    add column variant_title text,
    add column requires_shipping boolean,
    add column unit_price numeric,
    add column discount numeric,
    add column presentment_unit_price numeric,
    add column presentment_discount numeric,
    add column tax_lines jsonb not null default '[]',
    add column properties jsonb not null default '[]',
    add column mark text;
comment on column staging.line_items.unit_price is 'Before discounts, in the shop''s currency; presentment: in the buyer''s.';
comment on column staging.line_items.discount is 'All discounts of the line together, in the shop''s currency.';
comment on column staging.line_items.tax_lines is 'List of title, rate, amount and presentment_amount.';
comment on column staging.line_items.properties is 'List of key and value; read only where a setting forwards them (rule 71).';
comment on column staging.line_items.mark is 'Of a source''s line the destination''s line and part that it stands for: 123/1.';

alter table staging.refunds
    add column amount numeric,
    add column return_id bigint;
comment on column staging.refunds.amount is 'Money given back, in the shop''s currency.';

alter table staging.return_lines
    add column processed_quantity integer,
    add column reason text,
    add column note text;

create table order_decisions (
    account_id integer not null,
    connection_id integer not null,
    order_id bigint not null,
    decision text not null check (decision in ('push', 'hold')),
    who text not null,
    at timestamptz not null default now(),
    primary key (account_id, connection_id, order_id),
    foreign key (account_id, connection_id) references connections (account_id, connection_id)
);
comment on table order_decisions is 'What a person said of an order of the destination: push it, whatever the switches and its age say; or hold it.';

alter table order_pushes
    drop constraint order_pushes_state_check,
    add constraint order_pushes_state_check check (
        state in ('planned', 'sent', 'unknown', 'drafted', 'answered', 'refused', 'unresolved')
    ),
    add column kind text not null default 'order' check (kind in ('order', 'draft')),
    add column mode text not null default 'auto' check (mode in ('auto', 'manual')),
    add column origin text,
    add column source_draft_id bigint,
    add column source_order_name text,
    add column rate numeric not null default 1,
    add column currency text,
    add column lines_total numeric,
    add column shipping_total numeric,
    add column document jsonb,
    add column attempts integer not null default 0,
    add column first_sent_at timestamptz,
    add column looked_up_at timestamptz,
    add column detail text,
    add column run_id bigint,
    add column changed_at timestamptz not null default now();
create index order_pushes_of_twin on order_pushes (account_id, source_order_id);
comment on column order_pushes.state is 'planned: nothing was sent. sent, unknown: it may be there. drafted: a draft waits to be completed. answered: its twin is source_order_id. refused: the source said no, see reason. unresolved: a person must look.';
comment on column order_pushes.origin is 'The value of crossdock.origin that the twin carries: destination domain and order.';
comment on column order_pushes.rate is 'Source money for one unit of the destination''s, frozen (D19).';
comment on column order_pushes.currency is 'The source''s, of lines_total and shipping_total.';
comment on column order_pushes.document is 'What is sent, as it was planned.';
comment on column order_pushes.sent_at is 'The source''s own time of the last sending.';
comment on column order_pushes.looked_up_at is 'The source''s own time of the last look-up that found nothing after it.';

alter table order_push_lines
    drop constraint order_push_lines_pkey,
    add column part integer not null default 1,
    add column factor integer not null default 1,
    add column unit_price numeric,
    add column source_line_item_id bigint,
    add primary key (account_id, order_push_id, line_item_id, part);
create index order_push_lines_of_twin on order_push_lines (account_id, source_line_item_id);
comment on column order_push_lines.part is 'A total that does not divide travels as two lines, 1 and 2 (rule 63).';
comment on column order_push_lines.units is 'Source units: of a six-pack six times what was sold.';
comment on column order_push_lines.unit_price is 'Really paid, in the source''s currency.';
