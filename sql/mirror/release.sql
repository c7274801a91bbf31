-- A person approves: money that was proposed, what a brake held, what was refused and is to be tried again. What was found at
-- the source is only noted as seen.
update mirror_intents
set
    state = case when reason = 'EDITED_AT_SOURCE' then 'adopted' else 'planned' end,
    approved_by = :who,
    approved_at = now(),
    changed_at = now()
where account_id = :account_id::integer
    and (:connection_id::integer is null or connection_id = :connection_id::integer)
    and (:mirrors::bigint[] is null or mirror_id = any (:mirrors::bigint[]))
    and state in ('held', 'refused', 'proposed')
returning mirror_id, connection_id, kind, towards, amount::text as amount, currency
