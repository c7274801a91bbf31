-- What mirrors told the source, or brought from there, at the source's own time: an event of the source was shown there since
-- it happened. One that waits for a person adds nothing meanwhile.
update stock_movements as m
set
    sent_at = coalesce(m.sent_at, case i.towards when 'source' then coalesce(i.sent_at, i.told_at, i.planned_at) else i.event_at end),
    told_at = case
        when i.towards = 'destination' then i.event_at
        when i.state in ('answered', 'adopted') then i.told_at
    end,
    changed_at = now()
from mirror_intents as i
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.mirror_id is not null
    and m.closed_at is null
    and m.told_at is null
    and i.account_id = m.account_id
    and i.mirror_id = m.mirror_id
    and (i.towards = 'destination' or i.state in ('sent', 'unknown', 'answered', 'adopted') or m.units > 0)
    and (m.sent_at is null or i.towards = 'destination' or i.state in ('answered', 'adopted'))
