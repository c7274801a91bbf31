select state
from uploads
where account_id = :account_id::integer and upload_id = :upload_id::bigint
for update
