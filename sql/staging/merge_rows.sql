-- Rows that have no parent in staging. What a reading does not name stays: it may lie outside the window of the scopes.
merge into [[ table: staging.# ]] as kept
using [[ table: incoming_# ]] as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and [[ key: kept.# = came.# || and ]]
when matched
    and kept.read_at <= :read_at::timestamptz
    and (
        not :whole::boolean
        or [[ fields: kept.# is distinct from came.# || or ]]
        -- read in the very second of its last change: whether it shows all that we wrote then, only a later reading says
        [[ quiet: or kept.# >= kept.read_at ]]
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
