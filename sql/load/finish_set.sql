-- A line that no call has taken up is a fault of ours and must not look done. One that waits for a person keeps its set open.
with

forgotten as (
    update changes
    set
        status = 'failed',
        message = 'no call writes this: ' || entity || ' ' || action || ' ' || field
    where account_id = :account_id::integer
        and change_set_id = :change_set_id::bigint
        and status = 'approved'
    returning change_id
),

waiting as (
    select exists (
        select from changes
        where account_id = :account_id::integer and change_set_id = :change_set_id::bigint and status = 'held'
    ) as some
)

update change_sets
set
    state = case when state <> 'loading' then state when waiting.some then 'held' else 'loaded' end,
    hold_reason = case
        when state = 'loading' and waiting.some then coalesce(hold_reason, 'lines that wait for a person')
        else hold_reason
    end,
    loaded_at = case when state = 'loading' then now() else loaded_at end
from waiting
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and (select count(*) from forgotten) >= 0
