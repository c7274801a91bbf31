-- What the source of a connection has yet to be told of by adjustments (D4), older ones first. Where orders are pushed that is
-- what became of those it was told of in this way before.
select
    m.movement_id,
    m.kind,
    m.origin,
    m.origin_id,
    m.location_id,
    m.n,
    m.source_item_id,
    m.source_location_id,
    m.units,
    (
        select count(*)
        from calls as k
        where k.account_id = m.account_id and k.movement_id = m.movement_id
    )::integer as tries
from stock_movements as m
where m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and m.closed_at is null
    and m.told_at is null
    and m.units <> 0
    and (
        not :pushes::boolean
        or exists (
            select from adjusted_orders as a
            where a.account_id = m.account_id and a.connection_id = m.connection_id and a.order_id = m.order_id
        )
    )
    -- an order that the source has is told of by its mirror, whatever the settings say since
    and not exists (
        select from pushes_at_source as p
        where p.account_id = m.account_id
            and p.connection_id = m.connection_id
            and p.order_id = m.order_id
    )
    and not exists (
        select from calls as k
        where k.account_id = m.account_id and k.movement_id = m.movement_id and k.state in ('planned', 'sent', 'unknown')
    )
order by m.movement_id
