-- Source money for one unit of a destination's, by which its orders are pushed: the rate that is given for this direction, or
-- the inverse of the one by which prices go. None where there is none, or one older than 7 days (rule 39).
create or replace view push_rates as
select
    c.account_id,
    c.connection_id,
    s.currency,
    d.currency as destination_currency,
    trim_scale(
        round(
            case
                when s.currency = d.currency then 1
                when back.as_of > now() - interval '7 days' then back.rate
                when there.as_of > now() - interval '7 days' then 1 / there.rate
            end,
            12
        )
    ) as rate
from connections as c
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
left join exchange_rates as back
    on back.account_id = c.account_id
    and back.connection_id = c.connection_id
    and back.from_currency = d.currency
    and back.to_currency = s.currency
left join exchange_rates as there
    on there.account_id = c.account_id
    and there.connection_id = c.connection_id
    and there.from_currency = s.currency
    and there.to_currency = d.currency
