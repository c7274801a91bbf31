-- Wishes of one store take turns, so that tries are counted right.
select store_id
from stores
where account_id = :account_id::integer and store_id = :store_id::integer
for no key update
