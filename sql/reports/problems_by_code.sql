-- What keeps items out, by code, each with one of them.
select distinct on (connection_id, items, code)
    connection_id,
    code,
    count(*) over (partition by connection_id, code)::integer as items,
    label,
    detail
from problems
where account_id = :account_id
order by connection_id, items desc, code, label = '', item_id
