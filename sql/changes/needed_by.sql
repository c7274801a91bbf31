-- These lines and every line they depend on, and which sets they are in.
with recursive needed as (
    select
        change_id,
        depends_on,
        change_set_id
    from changes
    where account_id = :account_id and change_id = any (:lines::bigint[])

    union

    select
        before.change_id,
        before.depends_on,
        before.change_set_id
    from needed
    join changes as before on before.account_id = :account_id and before.change_id = needed.depends_on
    where before.status in ('held', 'proposed', 'rejected')
)

select
    change_id,
    change_set_id
from needed
