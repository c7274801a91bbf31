-- What became of an adjustment: done at the store's own time, or refused, so that the movement is to be sent anew.
with

call as (
    update calls
    set state = 'answered', answered_at = now(), answer = :answer::jsonb, error = :error::text
    where account_id = :account_id::integer and call_id = :call_id::bigint
    returning account_id, movement_id
)

update stock_movements as m
set told_at = coalesce(m.told_at, :told_at::timestamptz), detail = :error::text, changed_at = now()
from call
where m.account_id = call.account_id and m.movement_id = call.movement_id
