-- Orders older than the connection are read from here on (rule 70).
update connections
set orders_from = :from::timestamptz
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and :from::timestamptz < coalesce(least(accepted_at, orders_from, lower(stood)), orders_from)
