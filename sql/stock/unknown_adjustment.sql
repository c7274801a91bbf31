update calls
set state = 'unknown', error = :error::text
where account_id = :account_id::integer and call_id = :call_id::bigint
