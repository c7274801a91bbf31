select held_attempt(:account_id::integer, :run_id::bigint) as attempt
