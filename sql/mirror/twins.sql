-- Pushed orders of which anything moved at either store, or of which something is still to be carried; all of them where
-- :since is null. One whose refunds are not all read yet says too little.
create temp table twins on commit drop as
with

moved as (
    select store_id, order_id
    from staging.orders
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
    union
    select store_id, order_id
    from staging.line_items
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
    union
    select store_id, order_id
    from staging.fulfillments
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
    union
    select store_id, order_id
    from staging.fulfillment_orders
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
    union
    select store_id, order_id
    from staging.refunds
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
    union
    select store_id, order_id
    from staging.returns
    where account_id = :account_id::integer
        and store_id in (:source::integer, :destination::integer)
        and changed_at > :since::timestamptz
),

open as (
    select distinct order_push_id
    from mirror_intents
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and state not in ('answered', 'adopted')
)

select
    p.order_push_id,
    p.destination_order_id,
    p.source_order_id,
    p.rate,
    p.told_at,
    p.refunds_before,
    d.cancelled_at as destination_cancelled_at,
    d.cancel_reason as destination_cancel_reason,
    d.financial_status as destination_status,
    d.currency as destination_currency,
    d.total as destination_total,
    d.refunded_total as destination_refunded,
    s.cancelled_at as source_cancelled_at,
    s.cancel_reason as source_cancel_reason,
    s.financial_status as source_status,
    s.currency as source_currency,
    s.read_at as source_read_at
from order_pushes as p
join staging.orders as d
    on d.account_id = p.account_id and d.store_id = :destination::integer and d.order_id = p.destination_order_id
left join staging.orders as s
    on s.account_id = p.account_id and s.store_id = :source::integer and s.order_id = p.source_order_id
where p.account_id = :account_id::integer
    and p.connection_id = :connection_id::integer
    and p.state = 'answered'
    and p.source_order_id is not null
    and (
        :since::timestamptz is null
        or p.changed_at > :since::timestamptz
        or p.order_push_id in (select order_push_id from open)
        or (:destination::integer, p.destination_order_id) in (select store_id, order_id from moved)
        or (:source::integer, p.source_order_id) in (select store_id, order_id from moved)
    )
    and not exists (
        select from staging.orders as o
        cross join lateral jsonb_to_recordset(o.refund_headers) as header (id bigint, updated_at timestamptz)
        left join staging.refunds as r
            on r.account_id = o.account_id and r.store_id = o.store_id and r.refund_id = header.id
        where o.account_id = p.account_id
            and (o.store_id, o.order_id) in (
                (:destination::integer, p.destination_order_id), (:source::integer, p.source_order_id)
            )
            and (r.refund_id is null or r.updated_at < header.updated_at)
    );
