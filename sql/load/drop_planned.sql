-- Never sent, so nothing is to be looked up: the lines are planned anew.
with

dropped as (
    delete from call_lines as l
    using calls as c
    where c.account_id = :account_id::integer
        and c.call_id = any (:call_ids::bigint[])
        and c.state = 'planned'
        and l.account_id = c.account_id
        and l.call_id = c.call_id
    returning l.change_ids
)

update changes as c
set status = case when s.state in ('approved', 'loading') or c.origin = 'rollback' then 'approved' else 'superseded' end
from dropped as d, change_sets as s
where c.account_id = :account_id::integer
    and c.change_id = any (d.change_ids)
    and c.status = 'loading'
    and s.account_id = c.account_id
    and s.change_set_id = c.change_set_id
