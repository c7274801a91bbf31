-- A movement ends by evidence alone (rule 21b): the source's figure was asked for after Shopify's answer, and either that is
-- half a minute ago or the figure moved since. What is not stocked there any more has no figure that could show it.
update stock_movements as m
set closed_at = now(), changed_at = now(), why = 'shown'
from connections as c
where m.account_id = :account_id::integer
    and m.closed_at is null
    and m.told_at is not null
    and c.account_id = m.account_id
    and c.connection_id = m.connection_id
    and c.source_store_id = :source::integer
    and (
        exists (
            select
            from staging.levels as v
            where v.account_id = c.account_id
                and v.store_id = c.source_store_id
                and v.inventory_item_id = m.source_item_id
                and v.location_id = m.source_location_id
                and v.read_at >= m.told_at
                and (v.read_at >= m.told_at + interval '30 seconds' or v.available_at >= m.told_at)
        )
        or exists (
            select
            from jsonb_to_recordset(:unstocked::jsonb) as g (inventory_item_id bigint, location_id bigint, read_at timestamptz)
            where g.inventory_item_id = m.source_item_id
                and g.location_id = m.source_location_id
                and g.read_at >= m.told_at + interval '30 seconds'
        )
    )
