-- Sales that count, as the source has yet to show them. Until it is told of one, its units are what the order says now:
-- less what came back before, and with pushed orders less what the destination shipped by itself (rules 17, 21a, 21b).
insert into stock_movements (
    account_id, connection_id, kind, origin, origin_id, location_id, order_id, source_item_id, destination_item_id,
    source_location_id, factor, units, known_at
)
with

came_back as (
    select
        g.line_item_id,
        sum(g.quantity) filter (where g.restock_type = 'CANCEL') as cancelled,
        sum(g.quantity) filter (where g.restock_type = 'RETURN') as returned
    from given_back as g
    join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'restock'
        and m.origin = 'refund_line'
        and m.origin_id = g.refund_line_id
        and m.why = 'before_push'
    group by g.line_item_id
),

shipped as (
    select l.line_item_id, sum(l.quantity) as quantity
    from connections as c
    join shipped_lines as l on l.account_id = c.account_id and l.store_id = c.destination_store_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and c.settings ->> 'orders' = 'order_push'
        and l.line_item_id in (select line_item_id from sold)
    group by l.line_item_id
),

-- what each sale that has no place yet finds taken by those before it
queued as (
    select
        s.line_item_id,
        s.location_id,
        s.source_item_id,
        s.created_at,
        m.movement_id is not null as is_known,
        sum(case when s.standing = 'counts' and coalesce(m.units, 0) = 0 then s.quantity * s.factor else 0 end) over (
            partition by s.source_item_id, s.location_id
            order by s.created_at, s.line_item_id
            rows between unbounded preceding and 1 preceding
        ) as taken
    from sold as s
    left join stock_movements as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.kind = 'sale'
        and m.origin = 'line_item'
        and m.origin_id = s.line_item_id
        and m.location_id = s.location_id
        and m.n = 0
),

candidates as (
    select
        s.line_item_id,
        s.location_id,
        s.taken,
        k.source_location_id,
        k.priority,
        sum(greatest(0, coalesce(v.available, 0) + coalesce(o.units, 0))) over (
            partition by s.line_item_id, s.location_id order by k.priority desc, k.source_location_id
        ) as units_left
    from queued as s
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    join location_links as k
        on k.account_id = c.account_id
        and k.connection_id = c.connection_id
        and (
            k.destination_location_id = s.location_id
            or (s.location_id = 0 and k.source_location_id = coalesce(:order_location::bigint, k.source_location_id))
        )
        -- what a place sold before it was fed was its own (D5)
        and (k.linked_at is null or s.created_at >= date_trunc('second', k.linked_at) or s.is_known)
    left join staging.levels as v
        on v.account_id = c.account_id
        and v.store_id = c.source_store_id
        and v.inventory_item_id = s.source_item_id
        and v.location_id = k.source_location_id
    left join open_movements as o
        on o.account_id = c.account_id
        and o.source_store_id = c.source_store_id
        and o.source_item_id = s.source_item_id
        and o.source_location_id = k.source_location_id
),

-- of several source locations the first that has units left
places as (
    select distinct on (line_item_id, location_id)
        line_item_id,
        location_id,
        source_location_id
    from candidates
    order by line_item_id, location_id, (units_left > coalesce(taken, 0)) desc, priority desc, source_location_id
),

counted as (
    select
        s.*,
        p.source_location_id,
        (
            s.quantity
            -- what was returned is among what was shipped
            - case when s.place = 1 then coalesce(b.cancelled, 0) + greatest(b.returned, h.quantity, 0) else 0 end
        ) * s.factor as units
    from sold as s
    join places as p on p.line_item_id = s.line_item_id and p.location_id = s.location_id
    left join came_back as b on b.line_item_id = s.line_item_id
    left join shipped as h on h.line_item_id = s.line_item_id
    where s.standing = 'counts'
        -- what was lost of an order before the source had it counts on when it is cancelled (rule 22)
        and (
            not :pushes::boolean
            or s.cancelled_at is null
            or exists (
                select from pushes_at_source as o
                where o.account_id = :account_id::integer
                    and o.connection_id = :connection_id::integer
                    and o.order_id = s.order_id
            )
        )
)

select
    :account_id::integer,
    :connection_id::integer,
    'sale',
    'line_item',
    line_item_id,
    location_id,
    order_id,
    source_item_id,
    destination_item_id,
    source_location_id,
    factor,
    -greatest(units, 0),
    created_at
from counted
on conflict (account_id, connection_id, kind, origin, origin_id, location_id, n) do update set
    units = excluded.units,
    -- where it is does not wander with the stock of two locations, but with the map
    source_location_id = case
        when stock_movements.units = 0
            or not is_fed(
                stock_movements.account_id, stock_movements.connection_id, stock_movements.source_location_id,
                stock_movements.location_id
            ) then excluded.source_location_id
        else stock_movements.source_location_id
    end,
    changed_at = now(),
    closed_at = null,
    why = null
where stock_movements.sent_at is null
    and (
        stock_movements.why is null
        or stock_movements.why in ('before_push', 'released')
        -- as long as orders are pushed a parcel may turn out not to have been sent
        or (stock_movements.why = 'shipped_by_destination' and :pushes::boolean)
    )
    and (
        stock_movements.units is distinct from excluded.units
        or (stock_movements.why = 'released' and excluded.units <> 0)
        or not is_fed(
            stock_movements.account_id, stock_movements.connection_id, stock_movements.source_location_id,
            stock_movements.location_id
        )
    );
