delete from upload_rows where account_id = :account_id::integer and upload_id = :upload_id::bigint
