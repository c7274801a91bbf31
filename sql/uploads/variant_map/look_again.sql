-- The next comparison looks at everything; where fields of what existed before were opened, its sets are shown first (D9).
update connections
set
    settings_at = now(),
    first_sync_over_at = case
        when exists (select from judged_rows where action in ('link', 'relink', 'change') and is_wider) then null
        else first_sync_over_at
    end
where account_id = :account_id::integer and connection_id = :connection_id::integer
