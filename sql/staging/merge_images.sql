merge into staging.images as kept
using (
    select
        [[ facts: read.# ]],
        [[ read: read.# ]],
        -- lines come in the product's order; media other than images have no number
        (row_number() over (partition by read.product_id order by read.line))::integer as position
    from incoming_images as read
    join staging.products as parent
        on parent.account_id = :account_id::integer
        and parent.store_id = :store_id::integer
        and parent.product_id = read.product_id
        and parent.read_at <= :read_at::timestamptz
) as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.product_id = came.product_id
    and kept.image_id = came.image_id
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
    -- an image that got its address is news (it can be copied now), one whose address is another is not
    changed_at = case
        when [[ telling: kept.# is distinct from came.# || or ]]
            or (kept.url is null) <> (came.url is null)
        then :merged_at::timestamptz
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
