-- Units of a return that came back at one store come back at the other, with the same choice of restock (rules 22, 69). Money goes
-- by itself.
insert into mirror_plan (order_push_id, kind, towards, origin_id, state, reason, payload, target_id, event_at)
with

places as (
    select distinct on (destination_location_id) destination_location_id, source_location_id
    from location_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
    order by destination_location_id, priority desc, source_location_id
),

back as (
    select source_location_id, min(destination_location_id) as destination_location_id
    from location_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
    group by source_location_id
)

select
    n.order_push_id,
    'return_process',
    case n.at when 'source' then 'destination' else 'source' end,
    n.refund_id,
    case when bool_or(l.units % l.factor <> 0) then 'waiting' else 'planned' end,
    case when bool_or(l.units % l.factor <> 0) then 'PART_OF_PACK' end,
    jsonb_build_object(
        'return_id', p.destination_return_id::text,
        'target_return_id', case n.at when 'source' then p.destination_return_id else p.source_return_id end::text,
        'lines', jsonb_agg(
            jsonb_build_object(
                'line_item_id', l.line_item_id::text,
                'quantity', l.units / l.factor,
                'source_units', l.units,
                'restock', l.restock,
                -- where no link says where, the first place that is linked will do
                'location_id', case n.at
                    when 'destination' then coalesce(s.source_location_id, (select min(source_location_id) from places))
                    else coalesce(d.destination_location_id, (select min(destination_location_id) from back))
                end::text
            )
            order by l.line_item_id, l.restock
        )
    ),
    null,
    n.created_at
from refund_news as n
join refund_news_lines as l on l.at = n.at and l.refund_id = n.refund_id
join return_pairs as p
    on p.order_push_id = n.order_push_id
    and n.return_id = case n.at when 'source' then p.source_return_id else p.destination_return_id end
left join places as s on n.at = 'destination' and s.destination_location_id = l.location_id
left join back as d on n.at = 'source' and d.source_location_id = l.location_id
group by n.order_push_id, n.at, n.refund_id, n.created_at, p.destination_return_id, p.source_return_id
