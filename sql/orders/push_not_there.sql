-- It was surely not carried out, or the source said no. Unless a person must look first, its sales were told to nobody: what
-- came back since was never sold there, and what was edited is the sale itself.
with

push as (
    update order_pushes
    set state = :state, reason = :reason, detail = :detail, looked_up_at = null, source_draft_id = null, changed_at = now()
    where account_id = :account_id::integer and order_push_id = :order_push_id::bigint
    returning account_id, connection_id, destination_order_id, state
),

untold as (
    select m.account_id, m.movement_id, m.kind
    from push as p
    join stock_movements as m
        on m.account_id = p.account_id and m.connection_id = p.connection_id and m.order_id = p.destination_order_id
    where m.closed_at is null and m.told_at is null and p.state in ('planned', 'refused')
),

edits as (
    delete from stock_movements as m
    using untold as u
    where m.account_id = u.account_id and m.movement_id = u.movement_id and u.kind = 'edit'
)

update stock_movements as m
set
    sent_at = null,
    closed_at = case when u.kind = 'restock' then now() end,
    why = case when u.kind = 'restock' then 'before_push' end,
    changed_at = now()
from untold as u
where m.account_id = u.account_id and m.movement_id = u.movement_id and u.kind in ('sale', 'restock')
