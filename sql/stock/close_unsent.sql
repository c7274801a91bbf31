-- Sales of which the source need not be told any more (rule 21b): all came back, or was shipped from the destination's own
-- stock; the order counts no longer; or it was cancelled before the source had it, so that no gate will let it through.
update stock_movements as m
set
    closed_at = now(),
    changed_at = now(),
    why = case
        when o.is_gone or o.standing is distinct from 'counts' then 'released'
        when o.came_back then 'before_push'
        when m.units = 0 then 'shipped_by_destination'
        else 'released'
    end
from (
    select
        u.movement_id,
        s.standing,
        s.line_item_id is null as is_gone,
        s.cancelled_at is not null and p.order_id is null as is_refused,
        exists (select from given_back as g where g.line_item_id = u.origin_id) as came_back
    from stock_movements as u
    left join sold as s on s.line_item_id = u.origin_id and s.location_id = u.location_id
    left join pushes_at_source as p
        on p.account_id = u.account_id and p.connection_id = u.connection_id and p.order_id = u.order_id
    where u.account_id = :account_id::integer
        and u.connection_id = :connection_id::integer
        and u.kind = 'sale'
        and u.closed_at is null
        and u.sent_at is null
        and (:order_ids::bigint[] is null or u.order_id = any (:order_ids::bigint[]))
        -- an order that cannot be read any more, or of what is linked no more, proves nothing: it counts on
        and (u.units = 0 or u.origin_id in (select line_item_id from sold))
) as o
where m.account_id = :account_id::integer
    and m.movement_id = o.movement_id
    and (
        m.units = 0
        or o.is_gone
        or o.standing is distinct from 'counts'
        or (o.is_refused and :pushes::boolean)
    );
