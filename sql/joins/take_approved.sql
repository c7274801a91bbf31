-- The wish, if it is still to be carried out, with the connection of its pair where somebody made one meanwhile.
select
    j.join_id,
    c.connection_id
from joins as j
left join connections as c
    on c.account_id = j.account_id
    and c.source_store_id = j.source_store_id
    and c.destination_store_id = j.destination_store_id
where j.account_id = :account_id::integer and j.join_id = :join_id::integer and j.state = 'approved'
for update of j
