select
    sets.change_set_id,
    sets.connection_id,
    source.domain as source,
    destination.domain as destination,
    sets.kind,
    sets.run_id,
    sets.state,
    sets.hold_reason,
    coalesce(lines.by_status, '{}') as lines,
    sets.created_at,
    sets.approved_at,
    sets.approved_by,
    sets.loaded_at,
    sets.rolled_back_at
from change_sets as sets
join connections as connection
    on connection.account_id = sets.account_id and connection.connection_id = sets.connection_id
join stores as source
    on source.account_id = connection.account_id and source.store_id = connection.source_store_id
join stores as destination
    on destination.account_id = connection.account_id and destination.store_id = connection.destination_store_id
left join lateral (
    select jsonb_object_agg(counted.status, counted.lines) as by_status
    from (
        select
            changes.status,
            count(*) as lines
        from changes
        where changes.account_id = sets.account_id and changes.change_set_id = sets.change_set_id
        group by changes.status
    ) as counted
) as lines on true
where sets.account_id = :account_id
    and (:change_set_id::bigint is null or sets.change_set_id = :change_set_id::bigint)
    and (:connection_id::integer is null or sets.connection_id = :connection_id::integer)
    and (:state::text is null or sets.state = :state::text)
order by sets.change_set_id desc
limit :limit
