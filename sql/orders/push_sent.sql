-- A push is about to leave: from here on the source may hold it. The sales that it tells of stand at what it carries; what a
-- refund without restock took off before is carried by nobody, and counts on as an edit that is told to nobody (rule 22).
with

push as (
    update order_pushes
    set
        state = 'sent',
        attempts = attempts + 1,
        sent_at = :at::timestamptz,
        first_sent_at = coalesce(first_sent_at, :at::timestamptz),
        looked_up_at = null,
        run_id = :run_id::bigint,
        changed_at = now()
    where account_id = :account_id::integer and order_push_id = :order_push_id::bigint and state = 'planned'
    returning account_id, connection_id, order_push_id
),

carried as (
    select l.line_item_id, sum(l.units) as units
    from order_push_lines as l
    join push as p on p.account_id = l.account_id and p.order_push_id = l.order_push_id
    group by l.line_item_id
),

-- a line's units by place, the first one's first
places as (
    select
        m.movement_id,
        c.units - coalesce(
            sum(-m.units) over (
                partition by m.origin_id order by m.movement_id rows between unbounded preceding and 1 preceding
            ),
            0
        ) as left_over,
        row_number() over (partition by m.origin_id order by m.movement_id desc) = 1 as is_last,
        m.units
    from push as p
    join stock_movements as m on m.account_id = p.account_id and m.connection_id = p.connection_id
    join carried as c on c.line_item_id = m.origin_id
    where m.kind = 'sale' and m.origin = 'line_item' and m.closed_at is null and m.sent_at is null
),

told as (
    update stock_movements as m
    set
        sent_at = :at::timestamptz,
        units = case
            when s.is_last then -greatest(0, s.left_over)
            else -greatest(0, least(-m.units, s.left_over))
        end,
        changed_at = now()
    from places as s
    where m.account_id = :account_id::integer and m.movement_id = s.movement_id
    returning m.*, s.units - m.units as rest
),

-- the same that the orders come to when movements are next brought up to them (stock/edits), but from now on
rest as (
    insert into stock_movements (
        account_id, connection_id, kind, origin, origin_id, location_id, n, order_id, source_item_id, destination_item_id,
        source_location_id, factor, units, known_at, detail
    )
    select
        account_id, connection_id, 'edit', origin, origin_id, location_id, 1, order_id, source_item_id, destination_item_id,
        source_location_id, factor, rest, known_at, 'lost before the push'
    from told
    where rest < 0
    on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do nothing
)

select count(*)::integer as pushes from push
