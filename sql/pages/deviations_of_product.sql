select
    entity,
    label,
    field,
    -- a cost that does not travel is the source's own business (D2)
    case when :source_figures::boolean or field <> 'cost' or mode is distinct from 'never' then desired end::text as desired,
    actual::text as actual,
    origin,
    mode,
    rule,
    first_seen
from deviations
where account_id = :account_id and connection_id = :connection_id and source_product_id = :product_id::bigint
order by entity, label, field
limit 200
