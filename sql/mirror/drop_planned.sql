-- What was planned and not sent, and is to be carried no more. What a person approved stays.
with

dropped as (
    delete from mirror_intents as i
    using twins as t
    where i.account_id = :account_id::integer
        and i.order_push_id = t.order_push_id
        and i.state in ('planned', 'waiting', 'proposed')
        and i.first_sent_at is null
        and i.approved_by is null
        -- money for units that were just given back is owed, whatever else happens
        and not i.payload ? 'suggested'
        and not exists (
            select from mirror_plan as p
            where p.kind = i.kind
                and p.towards = i.towards
                and p.origin_id = i.origin_id
                and p.location_id = i.location_id
                and p.n = i.n
        )
    returning i.mirror_id
)

update stock_movements as m
set mirror_id = null, changed_at = now()
from dropped as d
where m.account_id = :account_id::integer and m.mirror_id = d.mirror_id and m.told_at is null
