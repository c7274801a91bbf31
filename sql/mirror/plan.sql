-- What is to be carried as the stores look now; keep_plan.sql compares it with the intents.
create temp table mirror_plan (
    order_push_id bigint not null,
    kind text not null,
    towards text not null,
    origin_id bigint not null,
    location_id bigint not null default 0,
    n integer not null default 0,
    state text not null default 'planned',
    reason text,
    detail text,
    payload jsonb not null default '{}',
    target_id bigint,
    amount numeric,
    currency text,
    event_at timestamptz,
    told_at timestamptz
) on commit drop;
