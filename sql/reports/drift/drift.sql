-- What is different at a destination for no reason of ours: what rules let stand, and what waits to be set back.
create temp table report_drift on commit drop as
with

connection as materialized (
    select c.account_id, c.connection_id, c.destination_store_id
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

-- what was agreed to stand of items that we do not govern is no drift, nor how a store keeps what it is given
standing as (
    select
        d.entity, d.item_id, d.location_id, d.field, d.label, d.desired, d.actual, d.mode, d.rule, d.first_seen,
        d.last_seen as as_of, 'left_alone' as action, null::text as status
    from deviations as d
    join connection as c on c.account_id = d.account_id and c.connection_id = d.connection_id
    where (d.origin in ('dest_edited', 'both') or d.rule like 'refused by the store%')
        and d.rule not like 'as_stored%'
        and d.rule not like 'existing item%'
        and d.rule not like 'pack:%'
),

waiting as (
    select
        l.entity, l.item_id, l.location_id, l.field, l.label, l.after, l.before, l.mode, l.rule, s.created_at, s.created_at,
        case when l.status in ('held', 'proposed') then 'needs_approval' else 'will_revert' end,
        l.status
    from connection as c
    join change_sets as s
        on s.account_id = c.account_id
        and s.connection_id = c.connection_id
        and s.state in ('held', 'approved', 'loading')
    join changes as l on l.account_id = s.account_id and l.change_set_id = s.change_set_id
    where l.action = 'update'
        and l.origin in ('dest_edited', 'both')
        and l.status in ('proposed', 'held', 'approved', 'loading', 'settling', 'stale_source')
),

differing as (
    select * from standing
    union all
    select * from waiting
),

-- units that the destination sold and the source was not told of yet
unpushed as (
    select m.destination_item_id, m.location_id
    from stock_movements as m
    join connection as c on c.account_id = m.account_id and c.connection_id = m.connection_id
    where m.closed_at is null and m.kind = 'sale' and m.told_at is null
    group by m.destination_item_id, m.location_id
),

readings as (
    select
        max(n.read_at) filter (where n.operation = 'levels') as levels_at,
        max(n.read_at) filter (where n.operation = 'catalogue') as catalogue_at
    from connection as c
    join snapshots as n
        on n.account_id = c.account_id and n.store_id = c.destination_store_id and n.state = 'complete'
)

select
    d.*,
    case
        when d.entity = 'level' and u.destination_item_id is not null then 'unpushed_order'
        when w.status in ('failed', 'unknown', 'conflict') or d.rule like 'refused by the store%' then 'failed_write'
        when d.status = 'stale_source'
            or case when d.entity = 'level' then r.levels_at else r.catalogue_at end < now() - interval '26 hours'
            then 'stale_extract'
        when count(*) over (partition by d.entity, d.field, d.first_seen) >= 20 then 'other_app'
        else 'edited_by_hand'
    end as cause_guess
from differing as d
cross join readings as r
left join unpushed as u on u.destination_item_id = d.item_id and u.location_id = d.location_id
-- what was last written of it
left join lateral (
    select l.status
    from changes as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.entity = d.entity
        and l.item_id = d.item_id
        and l.location_id = d.location_id
        and l.field = d.field
        and l.status in ('applied', 'as_stored', 'failed', 'unknown', 'conflict')
    order by l.change_id desc
    limit 1
) as w on true
