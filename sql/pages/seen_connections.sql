-- Connections that some stores of an account are part of, with what a list says of each. Connected ones come first.
select
    c.account_id,
    c.connection_id,
    c.state,
    c.ending,
    c.rank,
    c.settings ->> 'orders' as orders,
    array(select lower(tag.value) from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag) as hide_tags,
    c.accepted_at,
    c.first_sync_over_at,
    c.compared_at,
    c.blocked_at,
    c.disconnected_at,
    c.created_at,
    case
        when cardinality(:stores::integer[]) <> 1 then null
        when c.source_store_id = any (:stores::integer[]) then 'source'
        else 'destination'
    end as side,
    c.source_store_id,
    c.destination_store_id,
    s.state as source_state,
    d.state as destination_state,
    s.domain as source,
    s.name as source_name,
    s.currency as source_currency,
    d.domain as destination,
    d.name as destination_name,
    d.currency as destination_currency,
    coalesce(d.zone, 'UTC') as destination_zone
from connections as c
join stores as s on s.account_id = c.account_id and s.store_id = c.source_store_id
join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
where c.account_id = :account_id
    and (c.source_store_id = any (:stores::integer[]) or c.destination_store_id = any (:stores::integer[]))
    and (:connection_id::integer is null or c.connection_id = :connection_id)
order by array_position(array['connected', 'requested', 'blocked', 'disconnected'], c.state), c.connection_id
