update connections
set mirrored_at = now()
where account_id = :account_id::integer and connection_id = :connection_id::integer
