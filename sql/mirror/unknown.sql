update mirror_intents
set state = 'unknown', detail = :detail, changed_at = now()
where account_id = :account_id::integer and mirror_id = :mirror_id::bigint and state in ('sent', 'unknown')
