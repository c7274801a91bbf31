-- Ends are changes like any other, in sets of their own kind (D15, rule 86). No lock rule governs them: they have no mode.
with

refused as (
    insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
    select 'refused', entity, item_id, location_id, source_product_id, label, 'refused by the store: ' || refusal
    from ends
    where refusal is not null
)

insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, location_id, field, label, before, after,
    origin, rule
)
select
    entity, action, 'life_cycle', source_product_id, destination_product_id, item_id, location_id, field, label, before,
    after, 'source_changed',
    format('source_gone %s: %s', :source_gone::text, case why when 'gone' then 'gone at the source' else 'left the scope' end)
from ends
where refusal is null;
