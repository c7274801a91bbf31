update uploads
set columns = :columns::text[]
where account_id = :account_id::integer and upload_id = :upload_id::bigint
