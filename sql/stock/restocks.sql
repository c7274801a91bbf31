-- Units that came back. If their sale was not told to the source yet, it is told of that many less; else they are to be
-- given back there, once (rules 22 to 24). Of what never was a movement there is nothing to give back.
insert into stock_movements (
    account_id, connection_id, kind, origin, origin_id, location_id, order_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at, closed_at, why
)
with

places as (
    select distinct on (destination_location_id) destination_location_id, source_location_id
    from location_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
    order by destination_location_id, priority desc, source_location_id
),

told as (
    select
        m.origin_id as line_item_id,
        min(m.source_location_id) as source_location_id,
        bool_or(m.sent_at is not null and (m.closed_at is null or m.why = 'shown')) as is_told
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'sale'
        and m.origin = 'line_item'
        and m.origin_id in (select line_item_id from given_back)
    group by m.origin_id
)

select
    :account_id::integer,
    :connection_id::integer,
    'restock',
    'refund_line',
    g.refund_line_id,
    0,
    g.order_id,
    g.source_item_id,
    g.destination_item_id,
    coalesce(p.source_location_id, t.source_location_id, 0),
    g.factor,
    g.quantity * g.factor,
    g.created_at,
    case when not coalesce(t.is_told, false) then now() end,
    case when not coalesce(t.is_told, false) then 'before_push' end
from given_back as g
left join told as t on t.line_item_id = g.line_item_id
left join places as p on p.destination_location_id = g.location_id
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do nothing;
