-- These lines and every line that depends on them, and which sets they are in.
with recursive depending as (
    select
        change_id,
        change_set_id
    from changes
    where account_id = :account_id and change_id = any (:lines::bigint[])

    union

    select
        after.change_id,
        after.change_set_id
    from depending
    join changes as after on after.account_id = :account_id and after.depends_on = depending.change_id
    where after.status in ('held', 'proposed', 'approved')
)

select
    change_id,
    change_set_id
from depending
