-- What the source was told of a line stays where it was told (rule 21a): an order that moves afterwards is not told again at
-- its new place. What other places took goes to the first that was told.
with

told as (
    select
        m.origin_id as line_item_id,
        m.location_id,
        row_number() over (partition by m.origin_id order by min(m.movement_id)) as place
    from stock_movements as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind in ('sale', 'edit')
        and m.origin = 'line_item'
        and m.origin_id in (select line_item_id from sold)
        and m.sent_at is not null
        and (m.closed_at is null or m.why = 'shown')
    group by m.origin_id, m.location_id
),

strayed as (
    select coalesce(s.line_item_id, t.line_item_id) as line_item_id
    from sold as s
    full join told as t on t.line_item_id = s.line_item_id and t.location_id = s.location_id
    where t.line_item_id is null or s.line_item_id is null
),

own as (
    delete from sold
    where line_item_id in (select line_item_id from strayed) and line_item_id in (select line_item_id from told)
    returning *
),

-- one row of each line, and what each of its places took
lines as (
    select distinct on (line_item_id) *, sum(quantity) over (partition by line_item_id) as sum
    from own
    order by line_item_id, place
),

stayed as (
    select
        t.line_item_id,
        t.location_id,
        t.place,
        coalesce(o.quantity, 0) as quantity,
        sum(o.quantity) over (partition by t.line_item_id) as known
    from told as t
    left join own as o on o.line_item_id = t.line_item_id and o.location_id = t.location_id
)

insert into sold (
    order_id, created_at, cancelled_at, line_item_id, source_product_id, factor, source_item_id, destination_item_id, standing,
    location_id, place, quantity
)
select
    l.order_id,
    l.created_at,
    l.cancelled_at,
    l.line_item_id,
    l.source_product_id,
    l.factor,
    l.source_item_id,
    l.destination_item_id,
    l.standing,
    s.location_id,
    s.place,
    s.quantity + case when s.place = 1 then l.sum - coalesce(s.known, 0) else 0 end
from lines as l
join stayed as s on s.line_item_id = l.line_item_id;
