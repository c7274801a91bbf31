select
    iso_time(d.as_of, :zone::text) as as_of,
    :connection_id::integer as connection,
    d.label as sku,
    l.name as location,
    case when d.field = 'available' then 'quantity' else d.field end as field,
    -- a cost that does not travel is the source's own business (D2)
    case
        when :side::text is distinct from 'destination' or d.field <> 'cost' or d.mode is distinct from 'never'
            then shown_value(d.desired)
    end as expected,
    shown_value(d.actual) as actual,
    case
        when d.field in ('available', 'price', 'compare_at_price', 'weight')
            then (d.actual #>> '{}')::numeric - (d.desired #>> '{}')::numeric
    end as difference,
    d.mode as lock_mode,
    d.cause_guess,
    greatest(0, floor(extract(epoch from now() - d.first_seen) / 3600))::integer as age_hours,
    d.action,
    d.entity as item,
    d.rule,
    iso_time(d.first_seen, :zone::text) as first_seen
from report_drift as d
left join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
left join staging.locations as l
    on l.account_id = c.account_id and l.store_id = c.destination_store_id and l.location_id = d.location_id
order by
    array_position(array['needs_approval', 'will_revert', 'left_alone'], d.action), d.first_seen desc, d.label, d.entity, d.field,
    d.item_id, d.location_id
