-- What became of it. Planned again: it was surely not carried out, and goes under another key.
update mirror_intents
set
    state = :state,
    reason = :reason,
    detail = :detail,
    target_id = coalesce(:target_id::bigint, target_id),
    amount = coalesce(:amount::numeric, amount),
    payload = payload || coalesce(:facts::jsonb, '{}'),
    told_at = coalesce(:told_at::timestamptz, told_at),
    tries = tries + case when :state in ('planned', 'refused') and sent_at is not null then 1 else 0 end,
    changed_at = now()
where account_id = :account_id::integer
    and mirror_id = :mirror_id::bigint
    -- what a look-up found counts only as long as nobody was answered
    and (not :looked_up::boolean or state in ('sent', 'unknown'))
