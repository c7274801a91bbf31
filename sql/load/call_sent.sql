update calls
set
    state = 'sent',
    sent_at = now(),
    staged_path = :staged_path::text
where account_id = :account_id::integer and call_id = :call_id::bigint
