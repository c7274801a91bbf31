select
    -- the last whole reading
    max(read_at) filter (where kind = 'full' and operation = :whole_in) as whole_at,
    (array_agg(filter order by read_at desc) filter (where kind = 'full' and operation = :whole_in))[1] as whole_filter,
    -- the last reading of any kind that holds what this operation reads
    max(read_at) filter (where operation = :operation or (kind = 'full' and operation = :whole_in)) as read_at
from snapshots
where account_id = :account_id
    and store_id = :store_id
    and state = 'complete'
    and operation in (:operation, :whole_in)
