-- The run that was last asked for an upload.
select run_id, job, state, error
from runs
where account_id = :account_id::integer
    and job in ('preview_upload', 'apply_upload')
    and arguments ->> 'upload' = :upload_id::text
order by run_id desc
limit 1
