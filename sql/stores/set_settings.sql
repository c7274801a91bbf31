-- Settings changed: the next comparison looks at everything. Where they open what existed before, its sets are shown first
-- (D9).
update connections as c
set
    rank = (:settings::jsonb ->> 'rank')::integer,
    settings = :settings::jsonb,
    settings_at = now(),
    -- every order is counted anew by what the settings say now
    movements_at = null,
    first_sync_over_at = case
        when array_position(array['stock_only', 'fill_blank', 'overwrite'], :settings::jsonb ->> 'existing_items')
            > array_position(array['stock_only', 'fill_blank', 'overwrite'], c.settings ->> 'existing_items')
            then null
        else c.first_sync_over_at
    end,
    -- what was sold while sales counted nowhere is not told to the source afterwards (D4)
    orders_since = case
        when c.settings ->> 'orders' = 'none' and :settings::jsonb ->> 'orders' <> 'none' then now()
        else c.orders_since
    end
where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
