-- One row for each field of each pair that differs, whatever the entity.
create temp table differences (
    entity text not null,
    source_product_id bigint not null,
    destination_product_id bigint not null,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null,
    label text,
    sku text,
    desired jsonb,
    actual jsonb,
    source_moved boolean not null,
    destination_moved boolean not null,
    settled boolean not null,
    existing text not null,
    factor integer not null default 1,
    derivation text,
    base text,
    inputs text,
    old_base text,
    old_inputs text,
    waits text,
    -- a lowering that follows from known sales (rule 86)
    from_sales boolean not null default false
) on commit drop;

-- Changes before they have a set.
create temp table proposals (
    proposal_id bigint generated always as identity,
    entity text not null,
    action text not null,
    kind text not null,
    source_product_id bigint,
    destination_product_id bigint,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null default '',
    label text,
    before jsonb,
    after jsonb,
    origin text not null,
    mode text,
    rule text not null,
    base text,
    inputs text,
    -- held, settling or stale_source: why it cannot be written yet
    waits text,
    depends_on_item bigint,
    from_sales boolean not null default false,
    -- who approved it in an earlier set, or confirmed it where the numbers were named: no brake looks at it
    confirmed_by text,
    -- the brake it helped to trip
    brake text
) on commit drop;

-- Differences that a rule lets stand, and what keeps items out, as seen by this comparison.
create temp table standing (
    entity text not null,
    item_id bigint not null,
    location_id bigint not null default 0,
    field text not null default '',
    source_product_id bigint,
    label text,
    desired jsonb,
    actual jsonb,
    origin text not null,
    mode text,
    rule text not null
) on commit drop;

create temp table found (
    code text not null,
    entity text not null,
    item_id bigint not null,
    other_id bigint not null default 0,
    source_product_id bigint,
    label text,
    detail text not null
) on commit drop;
