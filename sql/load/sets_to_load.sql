-- Stock and prices first: they never wait for the catalogue's calls.
select change_set_id, kind, state, run_id
from change_sets
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and state in ('approved', 'loading')
order by array_position(array['stock', 'price', 'catalogue', 'life_cycle'], kind)
