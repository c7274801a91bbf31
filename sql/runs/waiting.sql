select run_id
from runs
where account_id = :account_id and job = :job and state = 'queued'
order by run_id
