select
    account_id,
    upload_id,
    connection_id,
    kind,
    file_name,
    bytes,
    encode(sha256, 'hex') as sha256,
    state,
    message,
    columns,
    counts,
    digest,
    who,
    created_at,
    checked_at,
    applied_at,
    applied_by,
    forgotten_at
from uploads
where account_id = :account_id::integer
    and (:connection_id::integer is null or connection_id = :connection_id::integer)
    and (:upload_id::bigint is null or upload_id = :upload_id::bigint)
    and (:before::bigint is null or upload_id < :before::bigint)
    and state <> 'receiving'
order by upload_id desc
limit :limit::integer
