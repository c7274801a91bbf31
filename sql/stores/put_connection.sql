-- Settings changed: the next comparison looks at everything. Where they open what existed before, its sets are shown first
-- (D9). What is blocked or disconnected stays so: other settings are no reconnecting (D14).
insert into connections (account_id, source_store_id, destination_store_id, rank, join_key, settings, state, accepted_at)
values (
    :account_id, :source_store_id, :destination_store_id, :rank, :join_key, :settings::jsonb, 'connected', now()
)
on conflict (account_id, source_store_id, destination_store_id) do update
set
    rank = excluded.rank,
    settings = excluded.settings,
    settings_at = now(),
    state = case connections.state when 'requested' then excluded.state else connections.state end,
    first_sync_over_at = case
        when array_position(array['stock_only', 'fill_blank', 'overwrite'], excluded.settings ->> 'existing_items')
            > array_position(array['stock_only', 'fill_blank', 'overwrite'], connections.settings ->> 'existing_items')
            then null
        else connections.first_sync_over_at
    end,
    accepted_at = coalesce(connections.accepted_at, excluded.accepted_at),
    -- what was sold while sales counted nowhere is not told to the source afterwards (D4)
    orders_since = case
        when connections.settings ->> 'orders' = 'none' and excluded.settings ->> 'orders' <> 'none' then now()
        else connections.orders_since
    end
returning connection_id
