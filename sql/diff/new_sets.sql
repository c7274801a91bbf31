-- One set for each kind that has lines. The first of a connection is held (D9), and what a brake stops (rule 86). What a
-- person confirmed line by line is approved by them.
insert into change_sets (account_id, connection_id, kind, run_id, state, hold_reason, counts, approved_at, approved_by)
select
    :account_id::integer,
    :connection_id::integer,
    k.kind,
    :run_id::bigint,
    case when k.reason is null then 'approved' else 'held' end,
    k.reason,
    k.counts,
    case when k.reason is null then now() end,
    case when k.reason is null then coalesce(k.confirmed_by, 'rule') end
from (
    select
        c.kind,
        jsonb_object_agg(c.entity || ' ' || c.action, c.lines) as counts,
        case when bool_and(c.confirmed) then max(c.confirmed_by) end as confirmed_by,
        case
            -- nobody can decide what has to wait by itself
            when bool_and(c.waiting) then null
            when :first_sync::boolean then 'first_sync'
            else (select string_agg(t.reason, '; ' order by t.brake) from brake_trips as t where t.kind = c.kind)
        end as reason
    from (
        select
            kind,
            entity,
            action,
            count(*) as lines,
            bool_and(confirmed_by is not null) as confirmed,
            bool_and(coalesce(waits in ('settling', 'stale_source'), false)) as waiting,
            max(confirmed_by) as confirmed_by
        from proposals
        group by kind, entity, action
    ) as c
    group by c.kind
) as k
returning change_set_id, kind, state, hold_reason, counts;
