-- What a person approved in a set that is open still needs no second approval (rule 88), and no brake looks at it.
update proposals as p
set confirmed_by = a.decided_by
from approved_before as a
where a.entity = p.entity
    and a.action = p.action
    and a.item_id = p.item_id
    and a.location_id = p.location_id
    and a.field = p.field
    and a.after is not distinct from p.after
    and p.confirmed_by is null;
