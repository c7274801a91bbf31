-- Each count by hand becomes a movement, once, and the figure it left is settled as if we had written it.
with

counts as (
    select *
    from jsonb_to_recordset(:counts::jsonb) as g (
        inventory_item_id bigint, location_id bigint, source_item_id bigint, source_location_id bigint, factor integer,
        units integer, actual_available integer, moved_at timestamptz, read_at timestamptz
    )
),

carried as (
    insert into stock_movements (
        account_id, connection_id, kind, origin, origin_id, location_id, n, source_item_id, destination_item_id,
        source_location_id, factor, units, known_at
    )
    select
        :account_id::integer,
        :connection_id::integer,
        'adjustment',
        'level',
        c.inventory_item_id,
        c.location_id,
        (
            select count(*)
            from stock_movements as m
            where m.account_id = :account_id::integer
                and m.connection_id = :connection_id::integer
                and m.origin = 'level'
                and m.origin_id = c.inventory_item_id
                and m.location_id = c.location_id
        ),
        c.source_item_id,
        c.inventory_item_id,
        c.source_location_id,
        c.factor,
        c.units,
        c.moved_at
    from counts as c
)

update baseline.levels as b
set
    wrote_available = c.actual_available,
    saw_available = c.actual_available,
    wrote_at = c.read_at,
    doubt_at = null,
    doubt_units = 0,
    settled_at = now()
from counts as c
where b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.inventory_item_id = c.inventory_item_id
    and b.location_id = c.location_id
