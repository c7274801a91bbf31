merge into staging.collections as kept
using incoming_collections as came
    on kept.account_id = :account_id::integer
    and kept.store_id = :store_id::integer
    and kept.collection_id = came.collection_id
when matched
    and kept.read_at <= :read_at::timestamptz
    and (kept.title is distinct from came.title or kept.handle is distinct from came.handle)
then update set
    title = came.title,
    handle = came.handle,
    read_at = :read_at::timestamptz,
    changed_at = :merged_at::timestamptz
when not matched
then insert (
    account_id,
    store_id,
    collection_id,
    title,
    handle,
    read_at,
    changed_at
)
values (
    :account_id::integer,
    :store_id::integer,
    came.collection_id,
    came.title,
    came.handle,
    :read_at::timestamptz,
    :merged_at::timestamptz
)
