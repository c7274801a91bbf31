select attempt
from runs
where account_id = :account_id and run_id = :run_id::bigint and state = 'running'
