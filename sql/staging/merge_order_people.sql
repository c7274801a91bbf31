-- Personal data of the orders that came, in the one place where it is kept; an order without any has no row.
merge into staging.order_people as kept
using (
    select
        order_id,
        [[ people: # ]]
    from incoming_orders
    where [[ people: # is not null || or ]]
) as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.order_id = came.order_id
when matched
    and kept.read_at <= :read_at::timestamptz
    and ([[ people: kept.# is distinct from came.# || or ]])
then update set
    [[ people: # = came.# ]],
    read_at = :read_at::timestamptz,
    changed_at = :merged_at::timestamptz
when not matched
then insert (
    account_id,
    store_id,
    order_id,
    [[ people: # ]],
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    came.order_id,
    [[ people: came.# ]],
    :read_at::timestamptz,
    :merged_at::timestamptz
)
