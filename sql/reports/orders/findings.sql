-- Everything of a proof that is not simply in order: orders, lines, and orders of the source that stand for nothing.
create temp table report_findings on commit drop as
with

of_orders as (
    select
        finding as code, order_id, name, created_at, null::bigint as line_item_id, null::integer as line_no, null as sku,
        twin_names, twin_ids,
        case when twins > 1 then twins || ' orders at the source' end as detail
    from report_proof_orders
    where finding not in ('one_twin', 'no_twin')
    union all
    select
        'money_differs', order_id, name, created_at, null, null, null, twin_names, twin_ids,
        concat_ws(
            ' ', round(value_found, :source_digits::integer), source_currency, 'there,',
            round(value_expected, :source_digits::integer), 'expected'
        )
    from report_proof_orders
    where difference <> 0 and finding = 'one_twin'
    union all
    select
        'refund_differs', order_id, name, created_at, null, null, null, twin_names, twin_ids,
        concat_ws(
            ' ', round(refund_found, :source_digits::integer), source_currency, 'there,', refund_expected, 'for the units refunded here'
        )
    from report_proof_orders
    where refund_found <> refund_expected
    union all
    select
        'cancelled_there', order_id, name, created_at, null, null, null, twin_names, twin_ids, null
    from report_proof_orders
    where is_cancelled_there and not is_cancelled_here
),

of_lines as (
    select
        finding as code, order_id, name, created_at, line_item_id, line_no, sku, source_order_name as twin_names,
        source_order_id::text as twin_ids,
        case
            when finding in ('line_doubled', 'quantity_differs', 'line_unexpected')
                then concat_ws(' ', units_found, 'units there,', units_pushed, 'pushed')
        end as detail
    from report_proof_lines
    where finding not in ('matched', 'explained', 'stays', 'no_twin')
),

of_strangers as (
    select
        'orphan_unknown' as code, order_id, origin as name, created_at, null::bigint, null::integer, null, twin_name, twin_id::text,
        null
    from report_twins
    where not is_known
)

select * from of_orders
union all
select * from of_lines
union all
select * from of_strangers
