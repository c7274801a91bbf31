-- One person changes the settings of a connection at a time.
select
    settings,
    settings_at,
    source_store_id,
    destination_store_id
from connections
where account_id = :account_id::integer and connection_id = :connection_id::integer
for update
