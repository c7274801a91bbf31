select change_set_id
from change_sets
where account_id = :account_id
    and state = 'held'
    and (:connections::integer[] is null or connection_id = any (:connections::integer[]))
order by change_set_id
