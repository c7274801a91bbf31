-- How far some stores' first sync has come: each step with whether it is done.
with

mine as (
    select *
    from connections as c
    where c.account_id = :account_id::integer
        and (c.source_store_id = any (:stores::integer[]) or c.destination_store_id = any (:stores::integer[]))
)

select
    exists (select from stores as s where s.account_id = :account_id::integer and s.role = 'source') as has_source,
    exists (select from stores as s where s.account_id = :account_id::integer and s.role = 'destination') as has_destination,
    exists (select from mine) as is_connected,
    exists (select from mine where mine.compared_at is not null) as is_compared,
    exists (select from mine where mine.first_sync_over_at is not null) as is_decided,
    exists (
        select
        from mine
        join change_sets as s on s.account_id = mine.account_id and s.connection_id = mine.connection_id
        where s.state in ('loaded', 'rolled_back')
    ) as is_loaded,
    exists (
        select from runs as r
        where r.account_id = :account_id::integer
            and r.reason in ('schedule', 'catch_up')
            and r.requested_at > now() - interval '26 hours'
    ) as is_scheduled,
    (
        select s.change_set_id
        from mine
        join change_sets as s on s.account_id = mine.account_id and s.connection_id = mine.connection_id
        where s.state = 'held'
        order by s.change_set_id
        limit 1
    ) as held_set
