-- What a person rejected, kept or rolled back is not proposed again before its desired value changes (rule 88). Updates of
-- fields were judged so already, and what becomes of items whose source is gone in ends.sql, by departure; here are other
-- deletions.
delete from proposals as p
using decisions as d
where d.account_id = :account_id::integer
    and d.connection_id = :connection_id::integer
    and d.entity = p.entity
    and d.action = p.action
    and d.item_id = p.item_id
    and d.location_id = p.location_id
    and d.field = p.field
    and d.decision <> 'replace'
    and p.action = 'delete'
    and p.kind <> 'life_cycle'
    and (d.decision = 'keep' or d.desired is not distinct from p.after);
