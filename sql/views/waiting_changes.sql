-- Lines of open sets, by the source's product: they wait for a person, or are approved and not loaded yet. `is_plain` and
-- `place` are what an index finds those of one product by (changes_in_order).
create or replace view waiting_changes as
select
    l.account_id,
    s.connection_id,
    l.change_set_id,
    l.change_id,
    l.source_product_id,
    l.brake is null as is_plain,
    coalesce(l.source_product_id, l.destination_product_id, l.item_id) as place,
    case when l.status in ('held', 'proposed') then 'changes_wait' else 'changes_approved' end as code
from change_sets as s
join changes as l on l.account_id = s.account_id and l.change_set_id = s.change_set_id
where s.state in ('held', 'approved', 'loading')
    and l.status in ('held', 'proposed', 'approved', 'loading')
    and l.source_product_id is not null
