-- What of a set still waits to be written.
select distinct entity, action, field
from changes
where account_id = :account_id::integer
    and change_set_id = :change_set_id::bigint
    and status = 'approved'
