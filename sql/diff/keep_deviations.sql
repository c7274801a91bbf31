insert into deviations as d (
    account_id, connection_id, entity, item_id, location_id, field, source_product_id, label, desired, actual, origin, mode, rule
)
select
    :account_id::integer, :connection_id::integer, entity, item_id, location_id, field, source_product_id,
    coalesce(label, ''), desired, actual, origin, mode, rule
from standing
on conflict (account_id, connection_id, entity, item_id, location_id, field) do update set
    source_product_id = excluded.source_product_id,
    label = excluded.label,
    desired = excluded.desired,
    actual = excluded.actual,
    origin = excluded.origin,
    mode = excluded.mode,
    rule = excluded.rule,
    last_seen = now();
