-- What was edited at the destination and set back within the last 30 days (rule 16).
select
    iso_time(l.applied_at, :zone::text) as applied_at,
    l.label as sku,
    k.name as location,
    case when l.field = 'available' then 'quantity' else l.field end as field,
    shown_value(l.before) as set_back_from,
    shown_value(l.after) as set_back_to,
    l.rule,
    s.run_id
from changes as l
join change_sets as s on s.account_id = l.account_id and s.change_set_id = l.change_set_id
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id
left join staging.locations as k
    on k.account_id = c.account_id and k.store_id = c.destination_store_id and k.location_id = l.location_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and l.applied_at > now() - interval '30 days'
    and l.action = 'update'
    and l.origin in ('dest_edited', 'both')
    and l.status in ('applied', 'as_stored')
order by l.applied_at desc, l.change_id desc
