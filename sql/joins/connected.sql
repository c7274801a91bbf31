update joins
set
    state = 'connected',
    connection_id = :connection_id::integer,
    fault = null,
    fault_store_id = null
where account_id = :account_id::integer and join_id = :join_id::integer
