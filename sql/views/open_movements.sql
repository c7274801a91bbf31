-- What each source level has yet to show, in its units (rules 17 to 22), by all that its destinations did.
create or replace view open_movements as
select
    m.account_id,
    c.source_store_id,
    m.source_item_id,
    m.source_location_id,
    sum(m.units) as units
from stock_movements as m
join connections as c on c.account_id = m.account_id and c.connection_id = m.connection_id
where m.closed_at is null
    -- one that adds units is believed when the source shows it
    and (m.units < 0 or m.sent_at is null)
group by m.account_id, c.source_store_id, m.source_item_id, m.source_location_id;
