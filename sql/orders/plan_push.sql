-- The intent to push an order, before anything is sent (rule 59). What was planned and never sent, or refused, is planned anew;
-- what may be at the source already is left alone.
with

intent as (
    insert into order_pushes as p (
        account_id, connection_id, destination_order_id, state, kind, mode, origin, rate, currency, lines_total, shipping_total,
        document, run_id, refunds_before
    )
    values (
        :account_id::integer, :connection_id::integer, :order_id::bigint, 'planned', :kind, :mode, :origin, :rate::numeric, :currency,
        :lines_total::numeric, :shipping_total::numeric, :document::jsonb, :run_id::bigint,
        -- what was refunded by now is not in the push: no news afterwards
        (
            select coalesce(array_agg(header.id), '{}')
            from connections as c
            join staging.orders as o on o.account_id = c.account_id and o.store_id = c.destination_store_id
            cross join lateral jsonb_to_recordset(o.refund_headers) as header (id bigint)
            where c.account_id = :account_id::integer
                and c.connection_id = :connection_id::integer
                and o.order_id = :order_id::bigint
        )
    )
    on conflict (account_id, connection_id, destination_order_id) do update
    set
        state = 'planned',
        kind = excluded.kind,
        mode = excluded.mode,
        origin = excluded.origin,
        rate = excluded.rate,
        currency = excluded.currency,
        lines_total = excluded.lines_total,
        shipping_total = excluded.shipping_total,
        document = excluded.document,
        run_id = excluded.run_id,
        refunds_before = excluded.refunds_before,
        reason = null,
        detail = null,
        planned_at = now(),
        changed_at = now()
    where p.state in ('planned', 'refused')
    returning account_id, order_push_id
),

old as (
    delete from order_push_lines as l
    using intent as i
    where l.account_id = i.account_id and l.order_push_id = i.order_push_id
)

select order_push_id from intent
