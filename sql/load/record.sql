-- What became of each line. 'approved' says that it is still to be written: no longer so once its set was superseded.
update changes as c
set
    status = case
        when g.status <> 'approved' then g.status
        when s.state in ('approved', 'loading') or c.origin = 'rollback' then 'approved'
        else 'superseded'
    end,
    message = g.message,
    after = coalesce(g.after, c.after),
    saw = case when g.as_sent then coalesce(g.after, c.after) else g.saw end,
    applied_at = case when g.status in ('applied', 'as_stored') then now() end
from jsonb_to_recordset(:outcomes::jsonb) as g (change_id bigint, status text, message text, saw jsonb, as_sent boolean, after jsonb),
    change_sets as s
where c.account_id = :account_id::integer
    and c.change_id = g.change_id
    and c.status in ('approved', 'loading', 'unknown')
    and s.account_id = c.account_id
    and s.change_set_id = c.change_set_id
