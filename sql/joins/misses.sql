-- How often a store's people tried a code that is none within the last minutes.
select count(*)::integer as misses
from audit_events
where account_id = :account_id::integer
    and store_id = :store_id::integer
    and what = 'join.missed'
    and at > now() - make_interval(mins => :minutes::integer)
