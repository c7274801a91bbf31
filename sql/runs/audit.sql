insert into audit_events (account_id, who, what, connection_id, store_id, run_id, detail)
values (
    :account_id, :who, :what, :connection_id::integer, :store_id::integer, :run_id::bigint, :detail::jsonb
)
