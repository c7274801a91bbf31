select change_set_id, connection_id, kind, state
from change_sets
where account_id = :account_id::integer and change_set_id = :change_set_id::bigint
