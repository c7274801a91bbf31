-- How lines were settled by their answers. A row made for only some fields lists the others as unsettled.
with

given as (
    select *
    from jsonb_to_recordset(:rows::jsonb) as g (inventory_item_id bigint, location_id bigint, patch jsonb, fields text[], inputs text, wrote_at timestamptz)
),

last_reading as (
    select max(n.read_at) as read_at
    from connections as c
    join snapshots as n on n.account_id = c.account_id and n.store_id = c.destination_store_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and n.operation = 'levels'
        and n.state = 'complete'
),

-- materialized, as otherwise the record is made anew for each of its columns
known as materialized (
    select
        g.*,
        -- an answer without a time: it stood so when it was last read, or was not stocked there when everything was
        coalesce(g.wrote_at, v.read_at, l.read_at) as settled_as_of,
        b.account_id is null as is_new,
        jsonb_populate_record(b, g.patch) as settled
    from given as g
    left join baseline.levels as b
        on b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.inventory_item_id = g.inventory_item_id
        and b.location_id = g.location_id
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    left join staging.levels as v
        on v.account_id = c.account_id
        and v.store_id = c.destination_store_id
        and v.inventory_item_id = g.inventory_item_id
        and v.location_id = g.location_id
    cross join last_reading as l
)

insert into baseline.levels (
    account_id, connection_id, inventory_item_id, location_id,
    [[ fields: wrote_# ]],
    [[ fields: saw_# ]],
    unsettled,
    inputs,
    wrote_at
)
select
    :account_id::integer,
    :connection_id::integer,
    inventory_item_id, location_id,
    [[ fields: (settled).wrote_# ]],
    [[ fields: (settled).saw_# ]],
    array(
        select field
        from unnest(case when is_new then array[ [[ fields: '#' ]] ] else (settled).unsettled end) as field
        where field <> all (fields)
    ),
    coalesce(inputs, (settled).inputs),
    settled_as_of
from known
on conflict (account_id, connection_id, inventory_item_id, location_id) do update set
    [[ fields: wrote_# = excluded.wrote_# ]],
    [[ fields: saw_# = excluded.saw_# ]],
    unsettled = excluded.unsettled,
    settled_at = now(),
    inputs = excluded.inputs,
    wrote_at = excluded.wrote_at,
    -- what was in doubt when the figure was worked out is in doubt still
    doubt_at = baseline.levels.next_doubt_at,
    doubt_units = baseline.levels.next_doubt_units
