-- Runs as the people of some stores may see them, the newest first. One that was asked for of a connection, a store, a set
-- or a reading that is not theirs is not there at all. Of one that was asked for of theirs they see how far it is, but for
-- steps of other stores, and its error, unless that names another store; of the rest that it ran, and when (rule 91).
with

mine as (
    select c.connection_id
    from connections as c
    where c.account_id = :account_id::integer
        and (c.source_store_id = any (:stores::integer[]) or c.destination_store_id = any (:stores::integer[]))
),

others as (
    select s.domain
    from stores as s
    where s.account_id = :account_id::integer and s.store_id <> all (:stores::integer[])
)

select
    r.account_id,
    r.run_id,
    r.job,
    r.arguments,
    r.reason,
    case
        when r.state = 'running' and r.heartbeat_at <= clock_timestamp() - make_interval(secs => :stale_after) then 'lost'
        else r.state
    end as state,
    r.attempt,
    case
        when :whole::boolean then r.progress
        when about.is_theirs then (
            select coalesce(jsonb_object_agg(p.key, p.value), '{}')
            from jsonb_each(r.progress) as p
            where not exists (select from others as o where strpos(p.key, o.domain) > 0)
        )
        else '{}'
    end as progress,
    case when :whole::boolean then r.result end as result,
    case
        when :whole::boolean then r.error
        when about.is_theirs and not exists (select from others as o where strpos(r.error, o.domain) > 0) then r.error
    end as error,
    r.requested_at,
    r.started_at,
    r.ended_at
from runs as r
-- that what it names is in sight is asked below; an upload is its destination's
cross join lateral (
    select
        r.arguments ?| array['connection', 'store', 'change_set', 'join', 'snapshot']
        and (
            r.arguments -> 'upload' is null
            or exists (
                select from connections as c
                where c.account_id = r.account_id
                    and c.connection_id = (r.arguments ->> 'connection')::integer
                    and c.destination_store_id = any (:stores::integer[])
            )
        ) as is_theirs
) as about
where r.account_id = :account_id::integer
    and (:run_id::bigint is null or r.run_id = :run_id::bigint)
    and (:before::bigint is null or r.run_id < :before::bigint)
    and (:job::text is null or r.job = :job::text)
    and (:state::text is null or r.state = :state::text)
    and (
        :whole::boolean
        or (
            (
                r.arguments -> 'connection' is null
                or (r.arguments ->> 'connection')::integer in (select mine.connection_id from mine)
            )
            and (
                r.arguments -> 'store' is null
                or exists (
                    select from stores as s
                    where s.account_id = r.account_id
                        and s.domain = r.arguments ->> 'store'
                        and s.store_id = any (:stores::integer[])
                )
            )
            and (
                r.arguments -> 'change_set' is null
                or exists (
                    select from change_sets as c
                    where c.account_id = r.account_id
                        and c.change_set_id = (r.arguments ->> 'change_set')::bigint
                        and c.connection_id in (select mine.connection_id from mine)
                )
            )
            and (
                r.arguments -> 'join' is null
                or exists (
                    select from joins as j
                    where j.account_id = r.account_id
                        and j.join_id = (r.arguments ->> 'join')::integer
                        and (
                            j.source_store_id = any (:stores::integer[])
                            or j.destination_store_id = any (:stores::integer[])
                        )
                )
            )
            and (
                r.arguments -> 'snapshot' is null
                or exists (
                    select from snapshots as n
                    where n.account_id = r.account_id
                        and n.snapshot_id = (r.arguments ->> 'snapshot')::bigint
                        and n.store_id = any (:stores::integer[])
                )
            )
        )
    )
order by r.run_id desc
limit :limit
