-- The end itself. Open movements of a connection that is disconnected are nobody's to wait for; those of a blocked one stay.
with

ended as (
    update connections
    set
        state = ending,
        blocked_at = case ending when 'blocked' then now() else blocked_at end,
        disconnected_at = case ending when 'disconnected' then now() else disconnected_at end,
        ending = null,
        ending_items = null,
        ending_by = null
    where account_id = :account_id::integer and connection_id = :connection_id::integer and ending is not null
    returning state
)

update stock_movements as m
set
    closed_at = now(),
    why = 'disconnected'
from ended
where ended.state = 'disconnected'
    and m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.closed_at is null
