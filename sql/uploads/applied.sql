update uploads
set state = 'applied', applied_at = now(), applied_by = :who::text, message = null
where account_id = :account_id::integer and upload_id = :upload_id::bigint
