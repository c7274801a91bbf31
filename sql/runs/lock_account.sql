-- Requests and claims of one account take turns, so that each sees what the other did.
select account_id
from accounts
where account_id = :account_id
for no key update
