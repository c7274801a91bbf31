-- A call is about to leave: from here on the store may have carried it out.
update mirror_intents
set
    state = 'sent',
    key = :key,
    variables = :variables::jsonb,
    amount = coalesce(:amount::numeric, amount),
    -- counted from the first sending under this key, which Shopify forgets after a day
    first_sent_at = case when key = :key then coalesce(first_sent_at, :at::timestamptz) else :at::timestamptz end,
    sent_at = :at::timestamptz,
    reason = null,
    detail = null,
    run_id = :run_id::bigint,
    changed_at = now()
where account_id = :account_id::integer
    and mirror_id = :mirror_id::bigint
    and state = :from
