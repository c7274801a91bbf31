-- Settings changed: the next comparison looks at everything.
insert into connections (account_id, source_store_id, destination_store_id, rank, join_key, settings, state, accepted_at)
values (
    :account_id, :source_store_id, :destination_store_id, :rank, :join_key, :settings::jsonb, 'connected', now()
)
on conflict (account_id, source_store_id, destination_store_id) do update
set
    rank = excluded.rank,
    settings = excluded.settings,
    settings_at = now(),
    state = excluded.state,
    accepted_at = coalesce(connections.accepted_at, excluded.accepted_at)
returning connection_id
