select
    entity,
    item_id,
    location_id,
    field,
    desired,
    actual,
    rule
from deviations
where account_id = :account_id and connection_id = :connection_id
