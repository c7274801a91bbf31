update changes
set
    status = 'rejected',
    message = :message,
    decided_by = :who
where account_id = :account_id
    and change_id = any (:lines::bigint[])
    and status in ('held', 'proposed', 'approved', 'rejected')
