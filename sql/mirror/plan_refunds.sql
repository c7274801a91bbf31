-- Refunds to be carried in units, with the same choice of restock (rules 22, 23, 68). Those of the destination, which the buyer
-- paid, bring their money to the twin as bookkeeping (D19); at the rate that the push froze, the sums of all of them rounded,
-- so that the last one takes the rest.
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
),

carried as (
    select
        l.order_push_id,
        l.at,
        l.refund_id,
        jsonb_agg(
            jsonb_build_object(
                'line_item_id', l.line_item_id::text,
                'quantity', l.quantity,
                'source_units', l.quantity * l.factor,
                'restock', l.restock,
                'returned', l.returned,
                'location_id', case
                    when l.at = 'destination' then p.source_location_id
                    else b.destination_location_id
                end::text
            )
            order by l.line_item_id, l.restock
        ) as lines
    from refund_news_lines as l
    left join places as p on l.at = 'destination' and p.destination_location_id = l.location_id
    left join back as b on l.at = 'source' and b.source_location_id = l.location_id
    where l.quantity > 0
    group by l.order_push_id, l.at, l.refund_id
)

insert into mirror_plan (
    order_push_id, kind, towards, origin_id, n, state, reason, payload, target_id, amount, currency, event_at, told_at
)
select
    n.order_push_id,
    'refund',
    'source',
    n.refund_id,
    0,
    case when w.source_refund_id is not null or t.source_cancelled_at is not null then 'adopted' else 'planned' end,
    case when w.source_refund_id is null and t.source_cancelled_at is not null then 'CANCELLED' end,
    jsonb_build_object('lines', c.lines, 'rest', n.is_last and t.destination_status = 'REFUNDED'),
    w.source_refund_id,
    round(n.through * t.rate, :source_digits::integer) - round((n.through - n.amount) * t.rate, :source_digits::integer),
    t.source_currency,
    n.created_at,
    coalesce(w.source_at, t.source_cancelled_at)
from refund_news as n
join twins as t on t.order_push_id = n.order_push_id
join carried as c on c.at = n.at and c.refund_id = n.refund_id
left join refund_twins as w on w.destination_refund_id = n.refund_id
where n.at = 'destination' and not n.of_cancel and n.return_id is null
union all
select
    n.order_push_id,
    'refund',
    'destination',
    n.refund_id,
    0,
    case when w.destination_refund_id is not null or t.destination_cancelled_at is not null then 'adopted' else 'planned' end,
    case when w.destination_refund_id is null and t.destination_cancelled_at is not null then 'CANCELLED' end,
    jsonb_build_object('lines', c.lines),
    w.destination_refund_id,
    null,
    t.destination_currency,
    n.created_at,
    coalesce(w.destination_at, t.destination_cancelled_at)
from refund_news as n
join twins as t on t.order_push_id = n.order_push_id
join carried as c on c.at = n.at and c.refund_id = n.refund_id
left join refund_twins as w on w.source_refund_id = n.refund_id
where n.at = 'source' and not n.of_cancel and n.return_id is null
union all
select
    n.order_push_id,
    'refund',
    'destination',
    n.refund_id,
    1,
    'waiting',
    'PART_OF_PACK',
    jsonb_build_object(
        'lines', jsonb_agg(
            jsonb_build_object(
                'line_item_id', l.line_item_id::text, 'quantity', 0, 'source_units', l.units, 'factor', l.factor
            )
            order by l.line_item_id
        )
    ),
    null,
    null,
    null,
    n.created_at,
    null
from refund_news as n
join refund_news_lines as l on l.at = n.at and l.refund_id = n.refund_id
where n.at = 'source' and not n.of_cancel and n.return_id is null and l.is_part
group by n.order_push_id, n.refund_id, n.created_at
