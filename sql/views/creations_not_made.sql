-- Creations of products that wait, were refused or came to nothing, by the source's product. What a person rejected stands,
-- whatever became of its set, until it is offered again.
create or replace view creations_not_made as
select
    l.account_id,
    s.connection_id,
    s.kind,
    l.item_id as product_id,
    l.change_id,
    l.change_set_id,
    l.status,
    l.message
from change_sets as s
join changes as l
    on l.account_id = s.account_id and l.change_set_id = s.change_set_id and l.connection_id = s.connection_id
where l.entity = 'product'
    and l.action = 'create'
    and l.status in ('held', 'proposed', 'approved', 'loading', 'rejected', 'failed', 'blocked', 'unknown')
    and (s.state <> 'superseded' or l.status = 'rejected')
    and (
        l.status <> 'rejected'
        or exists (
            select from decisions as d
            where d.account_id = l.account_id
                and d.connection_id = l.connection_id
                and d.entity = l.entity
                and d.action = l.action
                and d.item_id = l.item_id
        )
    )
