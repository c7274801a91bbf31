update calls
set bulk_operation_id = :bulk_operation_id::bigint
where account_id = :account_id::integer and call_id = :call_id::bigint
