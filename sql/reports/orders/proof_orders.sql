-- Each order of a report, tied out: its pushed lines at the frozen rate against the lines that stand for them (D19).
create temp table report_proof_orders on commit drop as
with

twins as (
    select
        order_id,
        count(*) as twins,
        string_agg(twin_name, ', ' order by twin_id) as names,
        string_agg(twin_id::text, ', ' order by twin_id) as ids,
        array_agg(twin_id) as all_ids,
        sum(refunded_total) as refunded_total,
        bool_and(cancelled_at is not null) as is_cancelled
    from report_twins
    where is_known
    group by order_id
),

lines as (
    select
        order_id,
        count(*) as lines,
        count(*) filter (where finding = 'matched') as matched,
        count(*) filter (where finding = 'explained') as explained,
        count(*) filter (where finding = 'stays') as stay,
        sum(value_pushed) as value_there,
        sum(value_expected) as value_expected,
        sum(value_found) as value_found
    from report_proof_lines
    group by order_id
),

source_read as (
    select max(s.read_at) as read_at
    from connections as c
    join snapshots as s on s.account_id = c.account_id and s.store_id = c.source_store_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and s.operation = 'orders'
        and s.state = 'complete'
)

select
    o.order_id,
    o.name,
    o.created_at,
    o.push_state,
    o.intent_state,
    o.reason,
    o.currency,
    o.rate,
    o.source_currency,
    coalesce(t.names, o.source_order_name) as twin_names,
    coalesce(t.ids, o.source_order_id::text) as twin_ids,
    coalesce(t.twins, 0) as twins,
    l.lines,
    l.matched,
    l.explained,
    l.stay,
    l.value_there,
    l.value_expected,
    l.value_found,
    coalesce(l.value_found, 0) - coalesce(l.value_expected, 0) as difference,
    o.refunded_total,
    round(o.source_refunded, :source_digits::integer) as refund_expected,
    t.refunded_total as refund_found,
    case
        when t.twins > 1 then 'twin_doubled'
        when t.twins = 1 and o.intent_state is null then 'orphan'
        when t.twins = 1 and not o.is_pushed and o.intent_state in ('planned', 'refused') then 'orphan'
        when t.twins = 1 and o.is_pushed and o.source_order_id is not null and not o.source_order_id = any (t.all_ids) then 'twin_other'
        when t.twins = 1 then 'one_twin'
        when o.intent_state = 'drafted' then 'draft'
        -- a reading of the next ten minutes may miss it, since indexes lag
        when o.is_pushed and (r.read_at is null or r.read_at < o.told_at + interval '10 minutes') then 'unread'
        when o.is_pushed then 'twin_missing'
        else 'no_twin'
    end as finding,
    coalesce(t.is_cancelled, false) as is_cancelled_there,
    o.is_cancelled_here
from report_orders as o
left join twins as t on t.order_id = o.order_id
left join lines as l on l.order_id = o.order_id
cross join source_read as r
