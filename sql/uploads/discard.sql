delete from uploads
where account_id = :account_id::integer and upload_id = :upload_id::bigint and state = 'receiving'
