insert into changes (
    account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id,
    location_id, field, label, before, after, origin, mode, rule, base, inputs, from_sales, brake,
    status, decided_by
)
select
    s.account_id, s.change_set_id, s.connection_id, p.entity, p.action, p.source_product_id, p.destination_product_id,
    p.item_id, p.location_id, p.field, coalesce(p.label, ''), p.before, p.after, p.origin, p.mode, p.rule, p.base, p.inputs,
    p.from_sales, p.brake,
    case
        when p.waits in ('settling', 'stale_source') then p.waits
        when p.confirmed_by is not null then 'approved'
        -- what was sold is sold: only a first sync holds it back, where no figure was written yet
        when p.from_sales
            and (
                s.hold_reason is distinct from 'first_sync'
                or exists (
                    select from baseline.levels as b
                    where b.account_id = s.account_id
                        and b.connection_id = s.connection_id
                        and b.inventory_item_id = p.item_id
                        and b.location_id = p.location_id
                        and b.wrote_at is not null
                )
            ) then 'approved'
        when p.waits = 'held' or s.state = 'held' then 'held'
        else 'approved'
    end,
    p.confirmed_by
from proposals as p
join change_sets as s
    on s.account_id = :account_id::integer
    and s.connection_id = :connection_id::integer
    and s.kind = p.kind
    and s.state in ('held', 'approved')
order by p.proposal_id;
