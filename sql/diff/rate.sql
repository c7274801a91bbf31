-- Destination money for one unit of the source's; none where there is no rate, or one older than 7 days (rule 39).
select
    case
        when s.currency = d.currency then 1
        when r.as_of > now() - interval '7 days' then r.rate
    end as rate,
    s.currency as source_currency,
    d.currency as destination_currency
from stores as s
join stores as d on d.account_id = s.account_id and d.store_id = :destination::integer
left join exchange_rates as r
    on r.account_id = s.account_id
    and r.connection_id = :connection_id::integer
    and r.from_currency = s.currency
    and r.to_currency = d.currency
where s.account_id = :account_id::integer and s.store_id = :source::integer;
