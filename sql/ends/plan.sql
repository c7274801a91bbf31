-- What a person chose for the linked items, as a set they approved by its numbers: no brake holds it (rule 86).
with

lines as (
    select *
    from ending_lines
    where account_id = :account_id::integer and connection_id = :connection_id::integer and items = :items::text
),

made as (
    insert into change_sets (account_id, connection_id, kind, run_id, state, approved_at, approved_by)
    select :account_id::integer, :connection_id::integer, 'life_cycle', :run_id::bigint, 'approved', now(), :who::text
    where exists (select from lines)
    returning change_set_id
),

written as (
    insert into changes (
        account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id,
        location_id, field, label, before, after, origin, rule, status, decided_by
    )
    select
        l.account_id, m.change_set_id, l.connection_id, l.entity, l.action, l.source_product_id, l.destination_product_id,
        l.item_id, l.location_id, l.field, coalesce(l.label, ''), l.before, l.after, 'person',
        :rule::text, 'approved', :who::text
    from lines as l
    cross join made as m
)

select change_set_id
from made
