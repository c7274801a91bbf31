-- Orders as their store shows them. Nothing is ever taken away here: what a reading does not name may lie outside the window
-- that the scopes allow.
create table staging.orders (
    account_id integer not null,
    store_id integer not null,
    order_id bigint not null,
    name text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    cancelled_at timestamptz,
    test boolean not null default false,
    financial_status text,
    fulfillment_status text,
    currency text,
    total numeric,
    refund_headers jsonb not null default '[]',
    -- bookkeeping
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, order_id)
);
create index orders_changed on staging.orders (account_id, store_id, changed_at);
create index orders_created on staging.orders (account_id, store_id, created_at);
create index orders_refunded on staging.orders (account_id, store_id, order_id) where refund_headers <> '[]';
comment on table staging.orders is 'Orders of a store, within the window its scopes allow.';
comment on column staging.orders.financial_status is 'Shopify''s displayFinancialStatus: PAID, PENDING …; null where it shows none.';
comment on column staging.orders.total is 'As ordered, in the shop''s currency, which stands beside it.';
comment on column staging.orders.refund_headers is 'List of id and updated_at: which refunds the order has. Their lines come by queries of their own (rule 76).';

create table staging.line_items (
    account_id integer not null,
    store_id integer not null,
    line_item_id bigint not null,
    order_id bigint not null,
    variant_id bigint,
    sku text,
    title text,
    quantity integer not null,
    current_quantity integer not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, line_item_id)
);
create index line_items_of_order on staging.line_items (account_id, store_id, order_id);
create index line_items_of_variant on staging.line_items (account_id, store_id, variant_id);
comment on column staging.line_items.variant_id is 'Null once the variant is deleted, and of a custom line.';
comment on column staging.line_items.quantity is 'As ordered, with what was refunded or removed since.';
comment on column staging.line_items.current_quantity is 'Without what was refunded or removed since.';

create table staging.fulfillment_orders (
    account_id integer not null,
    store_id integer not null,
    fulfillment_order_id bigint not null,
    order_id bigint not null,
    status text not null,
    location_id bigint,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, fulfillment_order_id)
);
create index fulfillment_orders_of_order on staging.fulfillment_orders (account_id, store_id, order_id);
comment on column staging.fulfillment_orders.location_id is 'The location it is assigned to: whose stock it took (rule 21a).';

create table staging.fulfillment_order_lines (
    account_id integer not null,
    store_id integer not null,
    fulfillment_order_line_id bigint not null,
    fulfillment_order_id bigint not null,
    line_item_id bigint not null,
    total_quantity integer not null,
    remaining_quantity integer not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, fulfillment_order_line_id)
);
create index fulfillment_order_lines_of_order on staging.fulfillment_order_lines (account_id, store_id, fulfillment_order_id);
create index fulfillment_order_lines_of_line on staging.fulfillment_order_lines (account_id, store_id, line_item_id);

create table staging.fulfillments (
    account_id integer not null,
    store_id integer not null,
    fulfillment_id bigint not null,
    order_id bigint not null,
    status text not null,
    tracking jsonb not null default '[]',
    created_at timestamptz,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, fulfillment_id)
);
create index fulfillments_of_order on staging.fulfillments (account_id, store_id, order_id);
comment on column staging.fulfillments.tracking is 'List of company, number and url.';

create table staging.fulfillment_lines (
    account_id integer not null,
    store_id integer not null,
    fulfillment_line_id bigint not null,
    fulfillment_id bigint not null,
    line_item_id bigint not null,
    quantity integer not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, fulfillment_line_id)
);
create index fulfillment_lines_of_fulfillment on staging.fulfillment_lines (account_id, store_id, fulfillment_id);
create index fulfillment_lines_of_line on staging.fulfillment_lines (account_id, store_id, line_item_id);

create table staging.refunds (
    account_id integer not null,
    store_id integer not null,
    refund_id bigint not null,
    order_id bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    note text,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, refund_id)
);
create index refunds_of_order on staging.refunds (account_id, store_id, order_id);
comment on table staging.refunds is 'Refunds all of whose lines are in refund_lines: one that is not here has still to be read.';

create table staging.refund_lines (
    account_id integer not null,
    store_id integer not null,
    refund_line_id bigint not null,
    refund_id bigint not null,
    line_item_id bigint not null,
    quantity integer not null,
    restock_type text not null,
    location_id bigint,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, refund_line_id)
);
create index refund_lines_of_refund on staging.refund_lines (account_id, store_id, refund_id);
create index refund_lines_of_line on staging.refund_lines (account_id, store_id, line_item_id);
comment on column staging.refund_lines.restock_type is 'CANCEL and RETURN give the units back, NO_RESTOCK does not (rules 22, 23).';

create table staging.returns (
    account_id integer not null,
    store_id integer not null,
    return_id bigint not null,
    order_id bigint not null,
    name text,
    status text not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, return_id)
);
create index returns_of_order on staging.returns (account_id, store_id, order_id);

create table staging.return_lines (
    account_id integer not null,
    store_id integer not null,
    return_line_id bigint not null,
    return_id bigint not null,
    fulfillment_line_id bigint,
    quantity integer not null,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, return_line_id)
);
create index return_lines_of_return on staging.return_lines (account_id, store_id, return_id);

create table staging.order_people (
    account_id integer not null,
    store_id integer not null,
    order_id bigint not null,
    customer jsonb,
    email text,
    phone text,
    shipping_address jsonb,
    billing_address jsonb,
    read_at timestamptz not null,
    changed_at timestamptz not null default now(),
    primary key (account_id, store_id, order_id)
);
comment on table staging.order_people is 'Personal data of orders, in one place so that it can be redacted; only what a setting uses is asked for.';
