-- Change sets of some connections, the newest first; of those that are held, how many lines still wait.
select
    s.change_set_id,
    s.connection_id,
    source.domain as source,
    destination.domain as destination,
    s.kind,
    s.run_id,
    s.state,
    s.hold_reason,
    (select sum(n.value::bigint) from jsonb_each_text(s.counts) as n) as lines,
    w.waiting,
    s.created_at,
    s.approved_at,
    s.approved_by,
    s.loaded_at,
    s.rolled_back_at
from change_sets as s
join connections as c on c.account_id = s.account_id and c.connection_id = s.connection_id
join stores as source on source.account_id = c.account_id and source.store_id = c.source_store_id
join stores as destination on destination.account_id = c.account_id and destination.store_id = c.destination_store_id
left join lateral (
    select count(*) as waiting
    from changes as l
    where l.account_id = s.account_id
        and l.change_set_id = s.change_set_id
        and l.status in ('held', 'proposed')
) as w on s.state = 'held'
where s.account_id = :account_id
    and s.connection_id = any (:connections::integer[])
    and (:kind::text is null or s.kind = :kind::text)
    and (:state::text is null or s.state = :state::text)
    and (:run_id::bigint is null or s.run_id = :run_id::bigint)
    and (:before::bigint is null or s.change_set_id < :before::bigint)
order by s.change_set_id desc
limit :limit
