-- What is known of each row besides, and how its link would be then.
create temp table map_known on commit drop as
with

twice as (
    select d_variant, array_agg(row_no order by row_no) as numbers
    from map_pairs
    where is_meant and d_variant is not null
    group by d_variant
    -- one variant may be kept apart from several
    having count(*) > case when bool_and(command = 'DELETE') then count(distinct s_variant) else 1 end
),

untold as (
    select destination_item_id, -sum(units) as units
    from stock_movements
    where account_id = :account_id::integer and connection_id = :connection_id::integer and closed_at is null
    group by destination_item_id
    having sum(units) < 0
),

known as (
    select
        p.*,
        coalesce(p.l_connection = :connection_id::integer, false) as is_own,
        coalesce(p.l_connection = :connection_id::integer and p.l_source = p.s_variant, false) as is_same,
        coalesce(p.l_connection <> :connection_id::integer, false) as is_taken,
        m.source_sku as m_source_sku,
        m.destination_sku as m_dest_sku,
        -- as it is written down already, whether or not anything has come of it yet
        coalesce(
            p.l_connection is null
                and m.source_sku = p.source_sku
                and p.command in ('MERGE', 'UPDATE')
                and coalesce(p.new_factor, m.factor) = m.factor
                and coalesce(p.price_per, m.price_per) = m.price_per
                and coalesce(p.existing_items, m.existing_items, '') = coalesce(m.existing_items, '')
                and coalesce(p.note, m.note, '') = coalesce(m.note, ''),
            false
        ) as is_written,
        -- a mapping of which nothing has come yet
        coalesce(
            p.command = 'DELETE'
                and p.fault is null
                and p.l_connection is null
                and m.destination_sku = p.dest_sku
                and m.source_sku = coalesce(p.source_sku, m.source_sku),
            false
        ) as is_forgotten,
        u.source_variant_id is not null as is_apart,
        t.numbers as twins,
        sold.units as untold,
        s_key.number as s_carriers,
        s_key.ids as s_carrier_ids,
        d_key.number as d_carriers,
        d_key.ids as d_carrier_ids,
        coalesce(p.s_sku, p.s_variant::text) as s_label,
        coalesce(p.d_sku, p.d_variant::text) as d_label
    from map_pairs as p
    left join mappings as m
        on m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and m.destination_sku = case when p.d_variant is null then p.dest_sku else p.d_sku end
    left join unlinked_variants as u
        on u.account_id = :account_id::integer
        and u.connection_id = :connection_id::integer
        and u.source_variant_id = p.s_variant
        and u.destination_variant_id = p.d_variant
    left join twice as t on t.d_variant = p.d_variant
    left join untold as sold on sold.destination_item_id = p.d_item
    left join map_repeated as s_key
        on s_key.store_id = :source::integer
        and s_key.match_key = case :match_by::text when 'barcode' then p.s_barcode else p.s_sku end
    left join map_repeated as d_key
        on d_key.store_id = :destination::integer
        and d_key.match_key = case :match_by::text when 'barcode' then p.d_barcode else p.d_sku end
),

wanted as (
    select
        k.*,
        coalesce(k.new_factor, case when k.is_own then k.l_factor end, 1) as factor_then,
        case
            when k.price_per = '(clear)' then 'unit'
            else coalesce(k.price_per, case when k.is_own then k.l_price_per end, 'unit')
        end as price_per_then,
        case
            when k.existing_items = '(clear)' then null
            else coalesce(k.existing_items, case when k.is_own then k.l_existing end)
        end as existing_then,
        case when k.note = '(clear)' then null else coalesce(k.note, case when k.is_own then k.l_note end) end as note_then
    from known as k
)

select
    w.*,
    w.is_same
        and (w.factor_then, w.price_per_then) = (w.l_factor, w.l_price_per)
        and (w.existing_then, w.note_then) is not distinct from (w.l_existing, w.l_note) as is_unchanged,
    array_position(array['stock_only', 'fill_blank', 'overwrite'], coalesce(w.existing_then, :existing_items::text))
        > array_position(
            array['stock_only', 'fill_blank', 'overwrite'],
            coalesce(case when w.is_own then w.l_existing end, :existing_items::text)
        )
        and not coalesce(w.l_ours, false) as is_wider
from wanted as w;
