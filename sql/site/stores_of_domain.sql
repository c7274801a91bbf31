-- Stores that a person comes in by, of whichever account.
select account_id, store_id, domain
from stores
where domain = :domain
order by account_id
