-- Open movements of 30 days and more, by connection, those without any too (rule 21b).
select
    c.account_id,
    c.connection_id,
    count(m.movement_id)::integer as movements,
    coalesce(sum(m.units), 0)::integer as units,
    min(m.known_at) as oldest
from connections as c
left join stock_movements as m
    on m.account_id = c.account_id
    and m.connection_id = c.connection_id
    and m.closed_at is null
    and m.known_at < now() - interval '30 days'
where c.account_id = :account_id::integer
group by c.account_id, c.connection_id
order by c.connection_id
