select
    notice_id,
    store_id,
    connection_id,
    code,
    text,
    first_seen,
    last_seen
from notices
where account_id = :account_id and ended_at is null
order by first_seen, notice_id
