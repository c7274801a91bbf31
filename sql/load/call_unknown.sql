-- Sent, and no answer came: it may have been done, so its lines are looked up before anything else is done to them.
with

lost as (
    update calls
    set
        state = 'unknown',
        error = :error::text
    where account_id = :account_id::integer and call_id = :call_id::bigint
)

update changes as c
set
    status = 'unknown',
    message = 'sent, but no answer came: ' || :error::text
from call_lines as l
where l.account_id = :account_id::integer
    and l.call_id = :call_id::bigint
    and c.account_id = l.account_id
    and c.change_id = any (l.change_ids)
    and c.status = 'loading'
