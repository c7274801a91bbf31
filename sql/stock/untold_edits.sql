-- The last edit of each line, where nobody began to tell the source of it yet; what was lost before the push (push_sent) is to be
-- told to nobody.
create temp table untold_edits on commit drop as
select m.movement_id, m.origin_id as line_item_id, m.location_id
from stock_movements as m
left join mirror_intents as i on i.account_id = m.account_id and i.mirror_id = m.mirror_id
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.kind = 'edit'
    and m.origin = 'line_item'
    and m.origin_id in (select line_item_id from sold)
    and m.closed_at is null
    and m.told_at is null
    and m.detail is null
    and (m.mirror_id is null or (i.state = 'planned' and i.first_sent_at is null))
    and not exists (select from calls as k where k.account_id = m.account_id and k.movement_id = m.movement_id)
    and not exists (
        select from stock_movements as l
        where l.account_id = m.account_id
            and l.connection_id = m.connection_id
            and l.kind = m.kind
            and l.origin = m.origin
            and l.origin_id = m.origin_id
            and l.location_id = m.location_id
            and l.n > m.n
    );
