update calls
set
    state = 'answered',
    answer = :answer::jsonb,
    error = :error::text,
    answered_at = now()
where account_id = :account_id::integer and call_id = :call_id::bigint
