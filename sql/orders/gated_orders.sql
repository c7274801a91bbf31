-- Orders, and the first gate that refuses each now (rule 52); null: it would be pushed.
create temp table gated_orders on commit drop as
with

lines as (
    select
        g.order_id,
        count(*) filter (where g.is_linked and g.reason is null) as travelling,
        bool_or(g.is_linked and g.reason is null and coalesce(i.requires_shipping, true)) as needs_address,
        bool_or(i.unit_price is null) as is_unpriced,
        min(array_position(
            array[
                'SKU_MISSING', 'SKU_DUPLICATE', 'ITEM_UNTRACKED', 'LOCATION_UNMAPPED', 'OUT_OF_SCOPE', 'ALREADY_EXISTS',
                'CANCELLED_BEFORE_PUSH'
            ],
            g.reason
        )) as worst
    from gated_lines as g
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    join staging.line_items as i
        on i.account_id = c.account_id and i.store_id = c.destination_store_id and i.line_item_id = g.line_item_id
    group by g.order_id
),

spent as (
    select count(*) as pushes
    from order_pushes as p
    where p.account_id = :account_id::integer
        and p.connection_id = :connection_id::integer
        and p.first_sent_at >= date_trunc('month', now())
),

judged as (
    select
        o.order_id,
        o.created_at,
        p.state as push_state,
        p.reason as push_reason,
        p.detail as push_detail,
        c.settings,
        case
            when p.state in ('answered', 'drafted') then 'ALREADY_EXISTS'
            when c.state = 'blocked' then 'SOURCE_BLOCKED'
            when c.state <> 'connected' then 'DISCONNECTED'
            when o.created_at < date_trunc('second', greatest(c.accepted_at, c.orders_since)) and a.decision is distinct from 'push'
                then 'BEFORE_CONNECTION'
            when o.cancelled_at is not null then 'CANCELLED_BEFORE_PUSH'
            when o.test then 'TEST_ORDER'
            when o.financial_status in ('VOIDED', 'EXPIRED')
                or not coalesce(
                    o.financial_status in ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
                    or c.settings ->> 'counts_as_paid' = 'any'
                    or (c.settings ->> 'counts_as_paid' = 'paid_and_authorized' and o.financial_status = 'AUTHORIZED'),
                    c.settings ->> 'counts_as_paid' = 'any'
                )
                then 'NOT_PAID'
            when o.total = 0 then 'ZERO_TOTAL'
            when coalesce(l.travelling, 0) > 0
                and l.needs_address
                and c.settings -> 'order_details' ? 'shipping_address'
                and (
                    coalesce(concat(h.shipping_address ->> 'firstName', h.shipping_address ->> 'lastName', h.shipping_address ->> 'company'), '') !~ '\S'
                    or coalesce(h.shipping_address ->> 'address1', '') !~ '\S'
                    or coalesce(h.shipping_address ->> 'countryCodeV2', '') !~ '\S'
                )
                then 'NO_ADDRESS'
            when coalesce(l.travelling, 0) = 0 then coalesce(
                (array[
                    'SKU_MISSING', 'SKU_DUPLICATE', 'ITEM_UNTRACKED', 'LOCATION_UNMAPPED', 'OUT_OF_SCOPE', 'ALREADY_EXISTS',
                    'CANCELLED_BEFORE_PUSH'
                ])[l.worst],
                'NO_LINKED_LINE'
            )
        end as gate,
        case
            when r.rate is null then 'FX_MISSING'
            when c.settings ->> 'orders' <> 'order_push' then 'PUSH_DISABLED'
            when a.decision is distinct from 'push'
                and not (d.automatic_push and coalesce((c.settings #>> '{push,automatic}')::boolean, true))
                then 'PUSH_DISABLED'
            when a.decision = 'hold' then 'HELD'
            when p.state in ('refused', 'unresolved') then p.reason
            -- read before its prices were: the next whole reading brings them
            when l.is_unpriced then 'NO_PRICE_YET'
        end as later,
        s.pushes
    from connections as c
    join stores as d on d.account_id = c.account_id and d.store_id = c.destination_store_id
    join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
    cross join spent as s
    left join lines as l on l.order_id = o.order_id
    left join order_decisions as a
        on a.account_id = c.account_id and a.connection_id = c.connection_id and a.order_id = o.order_id
    left join order_pushes as p
        on p.account_id = c.account_id and p.connection_id = c.connection_id and p.destination_order_id = o.order_id
    left join staging.order_people as h
        on h.account_id = o.account_id and h.store_id = o.store_id and h.order_id = o.order_id
    left join push_rates as r on r.account_id = c.account_id and r.connection_id = c.connection_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (:order_ids::bigint[] is null or o.order_id = any (:order_ids::bigint[]))
),

-- of those that would go, the older ones first, as many as a month's limit leaves
numbered as (
    select
        *,
        row_number() over (partition by gate is null and later is null order by created_at, order_id) as place,
        (settings #>> '{push,most_a_month}')::integer as most
    from judged
)

select
    order_id,
    created_at,
    case
        when gate is not null then gate
        -- the order of rule 52: before the rate, the switches and what the source said
        when most is not null and (pushes >= most or (later is null and pushes + place > most)) then 'PLAN_LIMIT'
        else later
    end as reason,
    case when gate is null then push_detail end as detail,
    push_state
from numbered
