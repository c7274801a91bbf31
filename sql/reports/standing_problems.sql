select
    code,
    entity,
    item_id,
    other_id,
    detail
from problems
where account_id = :account_id and connection_id = :connection_id
