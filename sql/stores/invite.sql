-- A store whose owner has yet to let us in. A known one keeps what it has.
insert into stores (account_id, domain, role, origin, api_version, credentials, join_code, state, state_reason)
values (
    :account_id::integer,
    :domain::text,
    :role::text,
    :origin::text,
    :api_version::text,
    :credentials,
    :join_code::text,
    'stopped',
    :reason::text
)
on conflict do nothing
returning store_id
