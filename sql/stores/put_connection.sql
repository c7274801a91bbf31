-- A connection of two stores, accepted by being made; its settings are given by set_settings. What is blocked or
-- disconnected stays so: other settings are no reconnecting (D14).
insert into connections (account_id, source_store_id, destination_store_id, rank, join_key, settings, state, accepted_at)
values (
    :account_id, :source_store_id, :destination_store_id, :rank, :join_key, :settings::jsonb, 'connected', now()
)
on conflict (account_id, source_store_id, destination_store_id) do update
set
    state = case connections.state when 'requested' then excluded.state else connections.state end,
    accepted_at = coalesce(connections.accepted_at, excluded.accepted_at)
returning connection_id
