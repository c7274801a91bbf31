-- Returns that stand for each other, with what each store shows of theirs; null where the last reading is from before what we
-- did there. settled: the status in which they last agreed.
create temp table return_pairs on commit drop as
with

pairs as (
    select
        i.order_push_id,
        case i.towards when 'source' then i.origin_id else i.target_id end as destination_return_id,
        case i.towards when 'source' then i.target_id else i.origin_id end as source_return_id,
        i.payload ->> 'status' as status,
        i.told_at,
        i.towards
    from mirror_intents as i
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from twins)
        and i.kind = 'return'
        and i.state in ('answered', 'adopted')
        and i.target_id is not null
),

steps as (
    select
        p.destination_return_id,
        i.mirror_id,
        i.towards,
        i.kind,
        i.payload ->> 'to' as status,
        i.told_at,
        i.state
    from pairs as p
    join mirror_intents as i
        on i.account_id = :account_id::integer
        and i.order_push_id = p.order_push_id
        and i.kind in ('return_step', 'return_process')
        and i.state not in ('planned', 'waiting')
        and (i.payload ->> 'return_id')::bigint in (p.destination_return_id, p.source_return_id)
),

-- the order is read with its returns: a row of it that is older says nothing of them
read as (
    select r.store_id, r.return_id, r.status, greatest(r.read_at, o.read_at) as read_at
    from staging.returns as r
    join staging.orders as o
        on o.account_id = r.account_id and o.store_id = r.store_id and o.order_id = r.order_id
    where r.account_id = :account_id::integer and r.store_id in (:source::integer, :destination::integer)
        and r.return_id in (select destination_return_id from pairs union all select source_return_id from pairs)
)

select
    p.order_push_id,
    p.destination_return_id,
    p.source_return_id,
    coalesce(
        (
            select s.status
            from steps as s
            where s.destination_return_id = p.destination_return_id and s.kind = 'return_step' and s.status is not null
                and s.state in ('answered', 'adopted')
            order by s.mirror_id desc
            limit 1
        ),
        p.status
    ) as settled,
    case when s.read_at > coalesce(m.told_source, '-infinity') then s.status end as source_status,
    case when d.read_at > coalesce(m.told_destination, '-infinity') then d.status end as destination_status,
    coalesce(m.is_open, false) as is_open
from pairs as p
left join read as s on s.store_id = :source::integer and s.return_id = p.source_return_id
left join read as d on d.store_id = :destination::integer and d.return_id = p.destination_return_id
left join lateral (
    select
        max(a.told_at) filter (where a.towards = 'source') as told_source,
        max(a.told_at) filter (where a.towards = 'destination') as told_destination,
        bool_or(a.state not in ('answered', 'adopted')) as is_open
    from (
        select e.towards, e.told_at, e.state
        from steps as e
        where e.destination_return_id = p.destination_return_id
        union all
        select p.towards, p.told_at, 'answered'
    ) as a
) as m on true;
