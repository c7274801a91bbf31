insert into calls (account_id, store_id, connection_id, change_set_id, run_id, name, transport)
values (
    :account_id::integer, :store_id::integer, :connection_id::integer, :change_set_id::bigint, :run_id::bigint,
    :name::text, 'bulk'
)
returning call_id
