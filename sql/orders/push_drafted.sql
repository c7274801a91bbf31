update order_pushes
set
    state = 'drafted',
    source_draft_id = :source_draft_id::bigint,
    source_order_name = :name,
    reason = null,
    detail = null,
    changed_at = now()
where account_id = :account_id::integer and order_push_id = :order_push_id::bigint
