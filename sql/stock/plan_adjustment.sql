-- The intent, before anything is sent. From here on a movement that adds units counts no longer.
with

call as (
    insert into calls (
        account_id, store_id, connection_id, run_id, name, transport, variables, idempotency_key, movement_id, state, sent_at
    )
    values (
        :account_id::integer, :store_id::integer, :connection_id::integer, :run_id::bigint, 'level_adjust', 'plain',
        :variables::jsonb, :idempotency_key::text, :movement_id::bigint, 'sent', :sent_at::timestamptz
    )
    returning call_id
),

moved as (
    update stock_movements
    set sent_at = coalesce(sent_at, :sent_at::timestamptz), changed_at = now()
    where account_id = :account_id::integer and movement_id = :movement_id::bigint
)

select call_id from call
