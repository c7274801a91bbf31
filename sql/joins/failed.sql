update joins
set
    fault = :fault::text,
    fault_store_id = :fault_store_id::integer
where account_id = :account_id::integer and join_id = :join_id::integer and state = 'approved'
