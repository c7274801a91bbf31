insert into join_keys (account_id, store_id, sha256, domain, location_id, made_by, expires_at)
values (
    :account_id::integer,
    :store_id::integer,
    :sha256,
    :domain::text,
    :location_id::bigint,
    :who::text,
    now() + make_interval(days => :days::integer)
)
