update stores
set
    state = :state,
    state_reason = :reason
where account_id = :account_id and store_id = :store_id
