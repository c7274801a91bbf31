-- Who asks a source now.
select d.domain
from joins as j
join stores as d on d.account_id = j.account_id and d.store_id = j.destination_store_id
where j.account_id = :account_id::integer and j.source_store_id = :source_store_id::integer and j.state = 'waiting'
order by j.join_id
