-- A store added again keeps its id, links and history; its way in is replaced, and a stopped one may work again.
insert into stores (account_id, domain, role, origin, api_version, credentials, join_code)
values (:account_id, :domain, :role, :origin, :api_version, :credentials, :join_code)
on conflict (account_id, domain) do update
set
    role = excluded.role,
    origin = excluded.origin,
    api_version = excluded.api_version,
    credentials = excluded.credentials,
    join_code = coalesce(stores.join_code, excluded.join_code),
    state = 'ready',
    state_reason = null
returning store_id
