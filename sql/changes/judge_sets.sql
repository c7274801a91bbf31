-- A set is approved as soon as a person approves one line of it: the rest is held on, and proposed again by the next
-- comparison. One of which something was written stays on record as loaded.
update change_sets as sets
set
    state = judged.state,
    approved_at = case when judged.state = 'approved' then coalesce(sets.approved_at, now()) end,
    approved_by = case when judged.state = 'approved' then coalesce(sets.approved_by, :who) end
from (
    select
        line.change_set_id,
        case
            when bool_or(line.status = 'approved' and not line.from_sales) then 'approved'
            when bool_or(line.status in ('held', 'proposed')) then 'held'
            when bool_or(line.status = 'approved') then 'approved'
            when bool_or(line.status in ('applied', 'as_stored')) then 'loaded'
            else 'rejected'
        end as state
    from changes as line
    where line.account_id = :account_id and line.change_set_id = any (:sets::bigint[])
    group by line.change_set_id
) as judged
where sets.account_id = :account_id
    and sets.change_set_id = judged.change_set_id
    and sets.state in ('held', 'approved')
