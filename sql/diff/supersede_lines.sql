-- A new comparison replaces what the last one of this connection left open (rule 88). What was being sent stays unknown.
update changes as c
set status = case when c.status = 'loading' then 'unknown' else 'superseded' end
from change_sets as s
where s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and c.account_id = s.account_id
    and c.change_set_id = s.change_set_id
    and (
        (s.state in ('held', 'approved', 'loading') and c.status in ('held', 'approved', 'proposed', 'loading', 'blocked'))
        -- figures that had to wait are worked out anew each time
        or (c.entity = 'level' and c.status in ('settling', 'stale_source'))
    )
    and s.kind = any (:kinds::text[]);
