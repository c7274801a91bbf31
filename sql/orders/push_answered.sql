-- The twin is known: its name, which of its lines stands for which, and where each is assigned (rule 21a). The source was
-- told at its own time.
with

push as (
    update order_pushes
    set
        state = 'answered',
        source_order_id = :source_order_id::bigint,
        source_order_name = :name,
        told_at = :at::timestamptz,
        reason = null,
        detail = null,
        changed_at = now()
    where account_id = :account_id::integer and order_push_id = :order_push_id::bigint
    returning account_id, connection_id, order_push_id, destination_order_id
),

given as (
    select
        split_part(mark, '/', 1)::bigint as line_item_id,
        split_part(mark, '/', 2)::integer as part,
        source_line_item_id,
        location_id
    from jsonb_to_recordset(:lines::jsonb) as line (mark text, source_line_item_id bigint, location_id bigint)
),

lines as (
    update order_push_lines as l
    set source_line_item_id = g.source_line_item_id, source_location_id = g.location_id
    from push as p, given as g
    where l.account_id = p.account_id
        and l.order_push_id = p.order_push_id
        and l.line_item_id = g.line_item_id
        and l.part = g.part
),

-- of places that nothing is linked to nobody would see the units
placed as (
    select p.account_id, p.connection_id, g.line_item_id, min(g.location_id) as location_id
    from push as p
    join location_links as k on k.account_id = p.account_id and k.connection_id = p.connection_id
    join given as g on g.location_id = k.source_location_id
    group by p.account_id, p.connection_id, g.line_item_id
),

-- what the push did not carry (push_sent) counts where the rest of its line was told
rest as (
    update stock_movements as m
    set source_location_id = p.location_id, changed_at = now()
    from placed as p
    where m.account_id = p.account_id
        and m.connection_id = p.connection_id
        and m.kind = 'edit'
        and m.origin = 'line_item'
        and m.origin_id = p.line_item_id
        and m.closed_at is null
        and m.sent_at is null
)

update stock_movements as m
set
    sent_at = coalesce(m.sent_at, :at::timestamptz),
    told_at = :at::timestamptz,
    source_location_id = coalesce(
        (select placed.location_id from placed where placed.line_item_id = m.origin_id), m.source_location_id
    ),
    changed_at = now()
from push as p
where m.account_id = p.account_id
    and m.connection_id = p.connection_id
    and m.order_id = p.destination_order_id
    and m.kind = 'sale'
    and m.closed_at is null
    and m.told_at is null
    and m.origin_id in (
        select l.line_item_id from order_push_lines as l
        where l.account_id = p.account_id and l.order_push_id = p.order_push_id
    )
