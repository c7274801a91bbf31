-- Parcels whose tracking was changed at the source since it was carried (rule 65). Nothing comes of one that was taken away.
insert into mirror_plan (order_push_id, kind, towards, origin_id, location_id, n, payload, target_id, event_at)
with

carried as (
    select i.order_push_id, i.origin_id, i.location_id, i.target_id, i.payload, f.tracking, o.updated_at
    from mirror_intents as i
    join twins as t on t.order_push_id = i.order_push_id
    join staging.fulfillments as f
        on f.account_id = i.account_id and f.store_id = :source::integer and f.fulfillment_id = i.origin_id
    join staging.orders as o
        on o.account_id = i.account_id and o.store_id = :source::integer and o.order_id = f.order_id
    left join staging.fulfillments as d
        on d.account_id = i.account_id and d.store_id = :destination::integer and d.fulfillment_id = i.target_id
    where i.account_id = :account_id::integer
        and i.kind = 'fulfillment'
        and i.state in ('answered', 'adopted')
        and i.target_id is not null
        and f.status not in ('CANCELLED', 'ERROR', 'FAILURE')
        and coalesce(d.status, '') <> 'CANCELLED'
        and f.tracking <> '[]'
),

newest as (
    select distinct on (i.origin_id, i.location_id) i.origin_id, i.location_id, i.n, i.payload
    from mirror_intents as i
    where i.account_id = :account_id::integer
        and i.order_push_id in (select order_push_id from twins)
        and i.kind = 'tracking'
        and i.state <> 'planned'
    order by i.origin_id, i.location_id, i.n desc
)

select
    c.order_push_id,
    'tracking',
    'destination',
    c.origin_id,
    c.location_id,
    coalesce(n.n + 1, 0),
    jsonb_build_object(
        'own', c.tracking,
        -- the tracking of parcels that began its packs stays
        'tracking', c.tracking || coalesce(
            (
                select jsonb_agg(kept.tracking)
                from jsonb_array_elements(coalesce(n.payload, c.payload) -> 'tracking') as kept (tracking)
                where not coalesce(n.payload, c.payload) -> 'own' @> jsonb_build_array(kept.tracking)
            ),
            '[]'
        )
    ),
    c.target_id,
    c.updated_at
from carried as c
left join newest as n on n.origin_id = c.origin_id and n.location_id = c.location_id
where c.tracking is distinct from coalesce(n.payload, c.payload) -> 'own'
