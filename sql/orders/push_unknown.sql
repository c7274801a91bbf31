-- No answer, or a look-up that found nothing yet; looked_up_at: when the first look-up after the sending was.
update order_pushes
set
    state = 'unknown',
    detail = coalesce(:detail, detail),
    looked_up_at = coalesce(looked_up_at, :looked_up_at::timestamptz),
    changed_at = now()
where account_id = :account_id::integer and order_push_id = :order_push_id::bigint
