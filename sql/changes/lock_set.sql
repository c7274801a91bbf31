select
    change_set_id,
    connection_id,
    kind,
    state,
    hold_reason
from change_sets
where account_id = :account_id and change_set_id = :change_set_id::bigint
for update
