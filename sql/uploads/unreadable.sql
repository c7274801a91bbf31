update uploads
set state = 'unreadable', message = :message::text, checked_at = now(), counts = '{}', digest = null
where account_id = :account_id::integer and upload_id = :upload_id::bigint
