-- Refunds that people made by hand at both stores alike, each of the same units: one event, not two (rule 24).
create temp table refund_twins on commit drop as
with

signed as (
    select
        n.order_push_id,
        n.at,
        n.refund_id,
        min(n.created_at) as created_at,
        string_agg(l.line_item_id || ':' || l.units || ':' || l.restock, ' ' order by l.line_item_id, l.restock) as units
    from refund_news as n
    join refund_news_lines as l on l.at = n.at and l.refund_id = n.refund_id
    where not n.of_cancel and n.return_id is null
        -- what was carried already is nobody else's
        and not exists (
            select from mirror_intents as i
            where i.account_id = :account_id::integer
                and i.order_push_id = n.order_push_id
                and i.kind = 'refund'
                and i.towards <> n.at
                and i.origin_id = n.refund_id
                and i.state in ('sent', 'unknown', 'answered', 'adopted')
        )
    group by n.order_push_id, n.at, n.refund_id
),

placed as (
    select *, row_number() over (partition by order_push_id, at, units order by created_at, refund_id) as place
    from signed
)

select
    d.order_push_id,
    d.refund_id as destination_refund_id,
    s.refund_id as source_refund_id,
    s.created_at as source_at,
    d.created_at as destination_at
from placed as d
join placed as s
    on s.order_push_id = d.order_push_id and s.units = d.units and s.place = d.place and s.at = 'source'
where d.at = 'destination';
