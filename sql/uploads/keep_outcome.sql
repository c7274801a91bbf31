update upload_rows as r
set result = j.result, action = j.action, message = j.message
from judged_rows as j
where r.account_id = :account_id::integer
    and r.upload_id = :upload_id::bigint
    and r.row_no = j.row_no
    and (r.result, r.action, r.message) is distinct from (j.result, j.action, j.message)
