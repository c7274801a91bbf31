merge into staging.collection_products as kept
using incoming_collection_products as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.collection_id = came.collection_id
    and kept.product_id = came.product_id
when not matched
then insert (
    account_id,
    store_id,
    collection_id,
    product_id,
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    came.collection_id,
    came.product_id,
    :read_at::timestamptz,
    :merged_at::timestamptz
)
