-- After the lines were given their new values.
update decisions as said
set value = line.after
from changes as line
where line.account_id = :account_id
    and line.change_id = any (:lines::bigint[])
    and said.account_id = line.account_id
    and said.connection_id = line.connection_id
    and said.entity = line.entity
    and said.action = line.action
    and said.item_id = line.item_id
    and said.location_id = line.location_id
    and said.field = line.field
