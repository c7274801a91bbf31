select
    from_currency as "from",
    to_currency as "to",
    rate::text as rate,
    as_of
from exchange_rates
where account_id = :account_id::integer and connection_id = :connection_id::integer
