-- What is in doubt is remembered beside the baseline, so that whatever is written next takes it over.
insert into baseline.levels (
    account_id, connection_id, inventory_item_id, location_id, unsettled, next_doubt_at, next_doubt_units
)
select
    :account_id::integer, :connection_id::integer, inventory_item_id, location_id, '{available}', next_doubt_at, next_doubt_units
from level_rows
where known or next_doubt_at is not null
on conflict (account_id, connection_id, inventory_item_id, location_id) do update set
    next_doubt_at = excluded.next_doubt_at,
    next_doubt_units = excluded.next_doubt_units
where baseline.levels.next_doubt_at is distinct from excluded.next_doubt_at
    or baseline.levels.next_doubt_units <> excluded.next_doubt_units;
