with

-- order within one connection is kept in the file, so the first line is the image the variant shows
shown as (
    select distinct on (variant_id)
        variant_id,
        image_id
    from incoming_variant_images
    order by variant_id, line
)

merge into staging.variants as kept
using (
    select
        [[ facts: read.# ]],
        [[ read: read.# ]],
        shown.image_id
    from incoming_variants as read
    -- a product read later than this file tells better which variants it has
    join staging.products as parent
        on parent.account_id = :account_id::integer
        and parent.store_id = :store_id::integer
        and parent.product_id = read.product_id
        and parent.read_at <= :read_at::timestamptz
    left join shown on shown.variant_id = read.variant_id
) as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.variant_id = came.variant_id
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
