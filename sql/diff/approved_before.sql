-- Lines a person approved in sets that are open still: the same line of the new set keeps that (rule 88).
create temp table approved_before on commit drop as
select c.entity, c.action, c.item_id, c.location_id, c.field, c.after, c.decided_by
from changes as c
join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
where s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and s.state in ('held', 'approved', 'loading')
    and c.status = 'approved'
    and c.decided_by is not null;
