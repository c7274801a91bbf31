update uploads
set state = 'stored', bytes = :bytes::integer, sha256 = :sha256::bytea
where account_id = :account_id::integer and upload_id = :upload_id::bigint
