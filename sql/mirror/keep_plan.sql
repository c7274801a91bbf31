-- The intents, one for each event: what was planned and not sent is planned anew, what waits for a person ends where people did
-- at the other store what it wanted; whatever else is known of an event stands.
insert into mirror_intents as i (
    account_id, connection_id, order_push_id, kind, towards, origin_id, location_id, n, payload, state, reason, detail, target_id,
    amount, currency, event_at, told_at, run_id
)
select
    :account_id::integer,
    :connection_id::integer,
    p.order_push_id,
    p.kind,
    p.towards,
    p.origin_id,
    p.location_id,
    p.n,
    p.payload,
    p.state,
    p.reason,
    p.detail,
    p.target_id,
    p.amount,
    p.currency,
    p.event_at,
    p.told_at,
    :run_id::bigint
from mirror_plan as p
-- what the settings switch off is carried no more; what both stores did is known all the same
where p.kind = any (:kinds::text[]) or p.state = 'adopted'
on conflict (account_id, connection_id, kind, towards, origin_id, location_id, n) do update
set
    payload = excluded.payload,
    state = excluded.state,
    reason = excluded.reason,
    detail = excluded.detail,
    target_id = excluded.target_id,
    amount = coalesce(excluded.amount, i.amount),
    currency = excluded.currency,
    told_at = excluded.told_at,
    run_id = excluded.run_id,
    changed_at = now()
where (
        (
            i.state in ('planned', 'waiting', 'proposed')
            and i.first_sent_at is null
            and i.approved_by is null
            -- money of which the destination said what it suggests, or that a limit left to a person
            and not i.payload ? 'suggested'
            and i.reason is distinct from 'MONEY_LIMIT'
        )
        or (excluded.state = 'adopted' and i.state in ('planned', 'waiting', 'proposed', 'held', 'refused'))
    )
    and (i.payload, i.state, i.reason, i.target_id, coalesce(excluded.amount, i.amount))
        is distinct from (excluded.payload, excluded.state, excluded.reason, excluded.target_id, i.amount)
