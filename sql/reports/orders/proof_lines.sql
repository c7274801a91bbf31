-- Each line of the orders of a report beside what stands for it at the source, by its mark.
create temp table report_proof_lines on commit drop as
with

-- a line that an edit added at the source carries no mark, but is known by its id (rule 67)
named as (
    select
        i.order_id as twin_id,
        coalesce(i.mark, p.line_item_id || '/' || p.part) as mark,
        split_part(coalesce(i.mark, p.line_item_id || '/' || p.part), '/', 1)::bigint as line_item_id,
        i.quantity,
        i.unit_price * i.quantity - coalesce(i.discount, 0) as value
    from report_twins as t
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    join staging.line_items as i
        on i.account_id = c.account_id and i.store_id = c.source_store_id and i.order_id = t.twin_id
    left join order_push_lines as p on p.account_id = i.account_id and p.source_line_item_id = i.line_item_id
    where i.mark ~ '^\d{1,18}/\d{1,9}$' or (i.mark is null and p.line_item_id is not null)
),

marked as (
    select n.*, p.unit_price
    from named as n
    left join report_twins as t on t.twin_id = n.twin_id
    left join report_orders as o on o.order_id = t.order_id
    left join order_push_lines as p
        on p.account_id = :account_id::integer
        and p.order_push_id = o.order_push_id
        and p.line_item_id = n.line_item_id
        and p.part = split_part(n.mark, '/', 2)::integer
),

counterparts as (
    select
        line_item_id,
        count(*) as lines,
        count(*) > count(distinct mark) as is_doubled,
        sum(quantity) as units,
        sum(value) as value,
        sum(quantity * unit_price) as value_frozen
    from marked
    group by line_item_id
),

-- orders that were edited after they were pushed (rule 67): units that an edit added there, and edits on their way
edits as (
    select
        r.order_id,
        l.line_item_id,
        sum(greatest(l.delta, 0)) filter (where i.state in ('answered', 'adopted')) as added
    from report_orders as r
    join mirror_intents as i on i.account_id = :account_id::integer and i.order_push_id = r.order_push_id
    cross join lateral jsonb_to_recordset(i.payload -> 'lines') as l (line_item_id bigint, delta integer)
    where i.kind = 'edit' and i.towards = 'source'
    group by r.order_id, l.line_item_id
),

edits_under_way as (
    select distinct r.order_id
    from report_orders as r
    join mirror_intents as i on i.account_id = :account_id::integer and i.order_push_id = r.order_push_id
    where i.kind = 'edit' and i.towards = 'source' and i.state not in ('answered', 'adopted')
),

-- lines that count, as their movements say
counted as (
    select distinct m.origin_id as line_item_id
    from report_orders as r
    join stock_movements as m
        on m.account_id = :account_id::integer and m.connection_id = :connection_id::integer and m.order_id = r.order_id
    where m.origin = 'line_item' and m.kind = 'sale'
),

-- when something last changed that lets an order go
opened as (
    select
        o.order_id,
        greatest(o.changed_at, c.settings_at, a.at, max(l.created_at)) as since
    from report_orders as r
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    join staging.orders as o
        on o.account_id = c.account_id and o.store_id = c.destination_store_id and o.order_id = r.order_id
    join staging.line_items as i
        on i.account_id = o.account_id and i.store_id = o.store_id and i.order_id = o.order_id
    left join variant_links as l
        on l.account_id = c.account_id and l.connection_id = c.connection_id and l.destination_variant_id = i.variant_id
    left join order_decisions as a
        on a.account_id = c.account_id and a.connection_id = c.connection_id and a.order_id = o.order_id
    group by o.order_id, o.changed_at, c.settings_at, a.at
),

last_run as (
    select max(started_at) as started_at
    from runs
    where account_id = :account_id::integer and job in ('hourly', 'nightly', 'push_orders') and state in ('done', 'held')
),

facts as (
    select
        l.*,
        o.name,
        o.created_at,
        o.currency,
        o.rate,
        o.source_currency,
        o.source_order_id,
        o.source_order_name,
        exists (select from report_twins as t where t.twin_id = o.source_order_id) as has_twin,
        coalesce(f.lines, 0) as lines_found,
        coalesce(f.is_doubled, false) as is_doubled,
        f.units as units_found,
        f.value as value_found,
        f.value_frozen,
        round(l.value_pushed * o.rate, :source_digits::integer) as value_due,
        p.since < r.started_at as had_its_run,
        l.units_pushed + coalesce(e.added, 0) * l.factor as units_due,
        u.order_id is null and n.line_item_id is not null and p.since < r.started_at as edit_is_due,
        coalesce((c.settings #>> '{mirror,edits}')::boolean, true) as carries_edits
    from report_lines as l
    join report_orders as o on o.order_id = l.order_id
    join connections as c on c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
    left join counterparts as f on f.line_item_id = l.line_item_id
    left join opened as p on p.order_id = l.order_id
    left join edits as e on e.line_item_id = l.line_item_id
    left join edits_under_way as u on u.order_id = l.order_id
    left join counted as n on n.line_item_id = l.line_item_id
    cross join last_run as r
)

select
    *,
    -- of what was edited since, each unit at its frozen price; a line that an edit added has the price that the source gave it
    -- (rule 67)
    case
        when line_state = 'pushed' and source_value is null then value_found
        when value_found is distinct from value_due and quantity <> quantity_pushed then value_frozen
        else value_due
    end as value_expected,
    case
        when is_doubled then 'line_doubled'
        when line_state = 'pushed' and lines_found > 0
            then case when units_found in (units_pushed, units_due, quantity * factor) then 'matched' else 'quantity_differs' end
        when line_state = 'pushed' and has_twin then 'line_missing'
        when line_state = 'pushed' then 'no_twin'
        when line_state = 'in_doubt' then 'in_doubt'
        when lines_found > 0 then 'line_unexpected'
        when line_state = 'stays' then 'stays'
        when reason is not null then 'explained'
        when line_state = 'came_later' and not carries_edits then 'edit_stays'
        when line_state = 'came_later' then case when edit_is_due then 'came_later' else 'edit_waits' end
        when had_its_run then 'overdue'
        else 'waits'
    end as finding
from facts
