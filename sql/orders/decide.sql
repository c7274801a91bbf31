-- What a person says of orders; null takes it back. What was refused, or waits for a person, may be sent anew once it is said to be pushed.
with

wanted as (
    select order_id from unnest(:order_ids::bigint[]) as w (order_id)
),

taken_back as (
    delete from order_decisions as d
    using wanted as w
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.order_id = w.order_id
        and :decision::text is null
)

insert into order_decisions (account_id, connection_id, order_id, decision, who)
select :account_id::integer, :connection_id::integer, order_id, :decision::text, :who
from wanted
where :decision::text is not null
on conflict (account_id, connection_id, order_id) do update
set decision = excluded.decision, who = excluded.who, at = now()
