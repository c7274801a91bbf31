-- Wishes to be connected that some stores are an end of: those that are open, then the last that were decided. Why a try
-- failed is told to the side whose business it is.
select
    j.account_id,
    j.join_id,
    j.state,
    j.asked_by,
    j.asked_at,
    j.decided_by,
    j.decided_at,
    j.connection_id,
    j.source_store_id,
    j.destination_store_id,
    j.fault is not null as has_fault,
    case when :whole::boolean or j.fault_store_id = any (:stores::integer[]) then j.fault end as fault,
    case
        when cardinality(:stores::integer[]) <> 1 then null
        when j.source_store_id = any (:stores::integer[]) then 'source'
        else 'destination'
    end as side,
    s.domain as source,
    s.name as source_name,
    d.domain as destination,
    d.name as destination_name
from joins as j
join stores as s on s.account_id = j.account_id and s.store_id = j.source_store_id
join stores as d on d.account_id = j.account_id and d.store_id = j.destination_store_id
where j.account_id = :account_id::integer
    and (j.source_store_id = any (:stores::integer[]) or j.destination_store_id = any (:stores::integer[]))
    and (:join_id::integer is null or j.join_id = :join_id::integer)
order by j.state in ('waiting', 'approved') desc, j.join_id desc
limit 50
