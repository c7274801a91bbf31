-- A level without a figure is not stocked there: it is taken away.
merge into staging.levels as kept
using (select * from incoming_levels where available is not null) as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.inventory_item_id = came.inventory_item_id
    and kept.location_id = came.location_id
when matched
    and kept.read_at <= :read_at::timestamptz
    and (
        not :whole::boolean
        or [[ facts: kept.# is distinct from came.# || or ]]
        or [[ fields: kept.# is distinct from came.# || or ]]
    )
then update set
    [[ facts: # = came.# ]],
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
    [[ facts: # ]],
    [[ fields: # ]],
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    [[ facts: came.# ]],
    [[ fields: came.# ]],
    :read_at::timestamptz,
    :merged_at::timestamptz
)
