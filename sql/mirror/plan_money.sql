-- Money that goes by itself (D19). What the destination gave back is repeated at the twin as bookkeeping; what the source gave
-- back, or the destination owes for a twin that was cancelled, is proposed, or given within the limits of the settings.
insert into mirror_plan (
    order_push_id, kind, towards, origin_id, state, reason, payload, amount, currency, event_at
)
with

-- a refund with units brings its money along towards the source, and goes before it towards the destination
units as (
    select distinct order_push_id, at, refund_id
    from refund_news_lines
    where quantity > 0
),

-- nothing is known of whose lines it was: those of others are none of the twin's business
foreign_only as (
    select n.refund_id, n.at
    from refund_news as n
    join staging.refund_lines as l
        on l.account_id = :account_id::integer
        and l.store_id = case n.at when 'source' then :source::integer else :destination::integer end
        and l.refund_id = n.refund_id
    left join refund_news_lines as o on o.at = n.at and o.refund_id = n.refund_id
    group by n.refund_id, n.at
    having count(o.refund_id) = 0
),

towards_source as (
    select
        n.order_push_id,
        n.refund_id,
        n.created_at,
        round(n.through * t.rate, :source_digits::integer) - round((n.through - n.amount) * t.rate, :source_digits::integer) as amount,
        n.is_last and t.destination_status = 'REFUNDED' as rest,
        t.source_currency
    from refund_news as n
    join twins as t on t.order_push_id = n.order_push_id
    left join units as u on u.at = n.at and u.refund_id = n.refund_id
    left join foreign_only as f on f.at = n.at and f.refund_id = n.refund_id
    left join (
        select order_push_id, bool_or((payload -> 'refund')::boolean) as refund
        from mirror_intents
        where account_id = :account_id::integer
            and connection_id = :connection_id::integer
            and kind = 'cancel'
            and towards = 'source'
            and state <> 'planned'
        group by order_push_id
    ) as c on c.order_push_id = n.order_push_id
    left join (
        select order_push_id, (payload -> 'refund')::boolean as refund
        from mirror_plan
        where kind = 'cancel' and towards = 'source'
    ) as p on p.order_push_id = n.order_push_id
    where n.at = 'destination'
        and n.amount > 0
        and f.refund_id is null
        and (u.refund_id is null or n.of_cancel or n.return_id is not null)
        -- all of it went back with the twin's cancellation
        and not (n.of_cancel and coalesce(c.refund, p.refund, false))
),

towards_destination as (
    select
        n.order_push_id,
        n.refund_id as origin_id,
        n.created_at as event_at,
        case
            when n.amount > 0
                then round(n.through / t.rate, :destination_digits::integer)
                    - round((n.through - n.amount) / t.rate, :destination_digits::integer)
        end as amount,
        jsonb_build_object('rest', n.is_last and t.source_status = 'REFUNDED') as payload,
        t.destination_currency
    from refund_news as n
    join twins as t on t.order_push_id = n.order_push_id
    left join refund_twins as w on w.source_refund_id = n.refund_id
    left join foreign_only as f on f.at = n.at and f.refund_id = n.refund_id
    where n.at = 'source'
        and not n.of_cancel
        and f.refund_id is null
        and w.source_refund_id is null
        and t.destination_cancelled_at is null
        and t.destination_status in ('PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED')
        -- a twin that nobody paid gives nothing back: then the units say what the buyer is owed
        and (n.amount > 0 or coalesce(t.source_status, 'PENDING') in ('PENDING', 'AUTHORIZED', 'VOIDED', 'EXPIRED'))
    union all
    select
        p.order_push_id,
        p.origin_id,
        p.event_at,
        null,
        jsonb_build_object('rest', p.kind = 'cancel'),
        t.destination_currency
    from mirror_plan as p
    join twins as t on t.order_push_id = p.order_push_id
    where p.kind in ('cancel', 'cancel_lines')
        and p.towards = 'destination'
        and t.destination_status in ('PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED')
)

select order_push_id, 'refund_money', 'source', refund_id, 'planned', null, jsonb_build_object('rest', rest), amount,
    source_currency, created_at
from towards_source
union all
select order_push_id, 'refund_money', 'destination', origin_id,
    case when :money::text = 'automatic' then 'planned' else 'proposed' end,
    'MONEY', payload, amount, destination_currency, event_at
from towards_destination
