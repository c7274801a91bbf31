-- What waits for a person, by why.
select
    coalesce(reason, state) as reason,
    count(*)::integer as mirrors,
    count(distinct order_push_id)::integer as orders
from mirror_intents
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and state in ('held', 'refused', 'proposed')
group by coalesce(reason, state)
order by 1
