-- What hangs on a line that was not written cannot be written either.
update changes as c
set
    status = 'blocked',
    message = 'waits for ' || d.entity || ' ' || d.action || ' ' || d.label || ', which is ' || d.status
from changes as d
where c.account_id = :account_id::integer
    and c.change_set_id = :change_set_id::bigint
    and c.status = 'approved'
    and d.account_id = c.account_id
    and d.change_id = c.depends_on
    and d.status not in ('applied', 'as_stored', 'approved', 'loading')
