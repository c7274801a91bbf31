merge into [[ table: staging.# ]] as kept
using (
    select
        [[ key: read.# ]],
        [[ fields: read.# ]]
    from [[ table: incoming_# ]] as read
    -- a parent read later than this file tells better which children it has
    join [[ parents: staging.# ]] as parent
        on parent.account_id = :account_id::integer
        and parent.store_id = :store_id::integer
        and [[ of: parent.# = read.# || and ]]
        and parent.read_at <= :read_at::timestamptz
) as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and [[ key: kept.# = came.# || and ]]
when matched
    and kept.read_at <= :read_at::timestamptz
    and (
        not :whole::boolean
        or [[ fields: kept.# is distinct from came.# || or ]]
    )
then update set
    [[ fields: # = came.# ]],
    read_at = :read_at::timestamptz,
    changed_at = case
        when [[ telling: kept.# is distinct from came.# || or ]] then :merged_at::timestamptz
        else kept.changed_at
    end
when not matched
then insert (
    account_id,
    store_id,
    [[ key: # ]],
    [[ fields: # ]],
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    [[ key: came.# ]],
    [[ fields: came.# ]],
    :read_at::timestamptz,
    :merged_at::timestamptz
)
