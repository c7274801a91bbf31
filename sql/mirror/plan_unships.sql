-- Parcels that the source took back after they were carried.
insert into mirror_plan (order_push_id, kind, towards, origin_id, location_id, state, target_id, event_at)
select
    i.order_push_id,
    'unship',
    'destination',
    i.origin_id,
    i.location_id,
    case when d.status = 'CANCELLED' then 'adopted' else 'planned' end,
    i.target_id,
    f.changed_at
from mirror_intents as i
join twins as t on t.order_push_id = i.order_push_id
join staging.fulfillments as f
    on f.account_id = i.account_id and f.store_id = :source::integer and f.fulfillment_id = i.origin_id and f.status = 'CANCELLED'
left join staging.fulfillments as d
    on d.account_id = i.account_id and d.store_id = :destination::integer and d.fulfillment_id = i.target_id
where i.account_id = :account_id::integer
    and i.kind = 'fulfillment'
    and i.state in ('answered', 'adopted')
    and i.target_id is not null
