-- Their lines, by line of the destination and by whether the units are on sale again. quantity: units of the destination;
-- of a refund at the source whole packs, which go with the refund that completes them (rule 63).
create temp table refund_news_lines on commit drop as
with

given as (
    select n.order_push_id, n.at, n.refund_id, n.created_at, l.line_item_id, l.restock_type <> 'NO_RESTOCK' as restock,
        l.restock_type = 'RETURN' as returned, l.location_id, t.factor, l.quantity, l.quantity * t.factor as units
    from refund_news as n
    join staging.refund_lines as l
        on l.account_id = :account_id::integer and l.store_id = :destination::integer and l.refund_id = n.refund_id
    join (select distinct order_push_id, line_item_id, factor from twin_lines) as t
        on t.order_push_id = n.order_push_id and t.line_item_id = l.line_item_id
    where n.at = 'destination'
    union all
    select n.order_push_id, n.at, n.refund_id, n.created_at, t.line_item_id, l.restock_type <> 'NO_RESTOCK',
        l.restock_type = 'RETURN', l.location_id, t.factor, null, l.quantity
    from refund_news as n
    join staging.refund_lines as l
        on l.account_id = :account_id::integer and l.store_id = :source::integer and l.refund_id = n.refund_id
    join twin_lines as t on t.order_push_id = n.order_push_id and t.source_line_item_id = l.line_item_id
    where n.at = 'source'
),

summed as (
    select
        order_push_id,
        at,
        refund_id,
        created_at,
        line_item_id,
        restock,
        bool_or(returned) as returned,
        min(location_id) as location_id,
        factor,
        sum(units)::integer as units
    from given
    group by order_push_id, at, refund_id, created_at, line_item_id, restock, factor
),

running as (
    select
        *,
        (sum(units) over (partition by at, line_item_id, restock order by created_at, refund_id))::integer as through,
        (sum(units) over (partition by at, line_item_id, restock))::integer as in_all
    from summed
)

select
    *,
    through / factor - (through - units) / factor as quantity,
    through > in_all / factor * factor as is_part
from running;
