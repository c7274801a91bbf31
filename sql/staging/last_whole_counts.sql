select
    counts,
    read_at
from snapshots
where account_id = :account_id
    and store_id = :store_id
    and state = 'complete'
    and kind = 'full'
    and operation = :operation
order by read_at desc
limit 1
