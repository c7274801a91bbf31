-- What people and jobs did with some connections and stores, the newest first.
select
    e.event_id,
    e.at,
    e.who,
    e.what,
    e.connection_id,
    e.run_id,
    case when jsonb_typeof(e.detail -> 'lines') = 'number' then e.detail ->> 'lines' end as lines
from audit_events as e
where e.account_id = :account_id
    and e.connection_id = any (:connections::integer[])
    and (:before::bigint is null or e.event_id < :before::bigint)
order by e.event_id desc
limit :limit
