-- The zones in which an account's schedules run: those of its sources (D20). Only what is connected needs a schedule.
select
    source.account_id,
    source.zone,
    min(connection.accepted_at) as since,
    count(*) over (partition by source.account_id)::integer as zones
from connections as connection
join stores as source
    on source.account_id = connection.account_id and source.store_id = connection.source_store_id
where connection.state = 'connected' and source.zone is not null
group by source.account_id, source.zone
order by source.account_id, source.zone
