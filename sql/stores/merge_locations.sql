-- Locations are few and read whole: those that are gone are removed.
with given as (
    select
        location_id,
        name,
        active
    from jsonb_to_recordset(:locations::jsonb) as given (location_id bigint, name text, active boolean)
),

gone as (
    delete from staging.locations as known
    where known.account_id = :account_id
        and known.store_id = :store_id
        and not exists (select from given where given.location_id = known.location_id)
)

insert into staging.locations as known (account_id, store_id, location_id, name, active, read_at)
select
    :account_id,
    :store_id,
    location_id,
    name,
    active,
    now()
from given
on conflict (account_id, store_id, location_id) do update
set
    name = excluded.name,
    active = excluded.active,
    read_at = excluded.read_at,
    changed_at = case
        when (known.name, known.active) is distinct from (excluded.name, excluded.active) then now()
        else known.changed_at
    end
