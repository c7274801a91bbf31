-- Wishes that the source agreed to, and that a worker has yet to carry out.
select
    j.join_id,
    j.decided_by,
    j.source_location_id,
    j.destination_location_id,
    j.source_store_id,
    j.destination_store_id
from joins as j
where j.account_id = :account_id::integer
    and j.state = 'approved'
    and (:join_id::integer is null or j.join_id = :join_id::integer)
order by j.join_id
