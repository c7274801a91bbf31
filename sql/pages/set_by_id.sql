select
    change_set_id,
    connection_id,
    kind,
    run_id,
    state,
    hold_reason,
    created_at,
    approved_at,
    approved_by,
    loaded_at,
    rolled_back_at
from change_sets
where account_id = :account_id and change_set_id = :change_set_id::bigint
