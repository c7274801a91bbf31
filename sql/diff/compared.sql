-- What changes from here on is for the next comparison: now() is when this transaction began to read.
update connections
set compared_at = now()
where account_id = :account_id::integer and connection_id = :connection_id::integer;
