-- Each row with the two variants it means, and how they stand to each other now.
create temp table map_pairs on commit drop as
with

found as (
    select
        h.side,
        h.row_no,
        min(h.strength) as strength,
        count(*) as number,
        min(h.variant_id) as variant_id,
        min(h.product_id) as product_id,
        min(h.sku) as sku,
        array_to_string((array_agg(h.variant_id order by h.variant_id))[1:5], ', ') as ids
    from map_hits as h
    group by h.side, h.row_no
),

-- a side that a row leaves blank is the one that its other side is linked with, where there is one alone
partner_of_source as (
    select
        source_variant_id,
        count(*) as number,
        min(destination_variant_id) as variant_id,
        array_to_string((array_agg(destination_variant_id order by destination_variant_id))[1:5], ', ') as ids
    from variant_links
    where account_id = :account_id::integer and connection_id = :connection_id::integer
    group by source_variant_id
),

sides as (
    select
        g.*,
        g.source_id is null and g.source_sku is null and g.barcode is null and g.handle is null as source_blank,
        g.dest_id is null and g.dest_sku is null and g.barcode is null and g.handle is null as dest_blank,
        s.number as s_number,
        s.strength as s_strength,
        s.ids as s_ids,
        case when s.number = 1 then s.variant_id end as s_found,
        d.number as d_number,
        d.strength as d_strength,
        d.ids as d_ids,
        case when d.number = 1 then d.variant_id end as d_found
    from map_given as g
    left join found as s on s.side = 'source' and s.row_no = g.row_no
    left join found as d on d.side = 'destination' and d.row_no = g.row_no
),

linked as (
    select
        x.*,
        case when x.dest_blank and x.s_found is not null then p.number else null end as partners,
        case when x.dest_blank then p.ids end as partner_ids,
        coalesce(x.d_found, case when x.dest_blank and p.number = 1 then p.variant_id end) as d_variant
    from sides as x
    left join partner_of_source as p on p.source_variant_id = x.s_found
),

paired as (
    select
        x.*,
        coalesce(x.s_found, case when x.source_blank then l.source_variant_id end) as s_variant,
        l.connection_id as l_connection,
        l.source_variant_id as l_source,
        l.factor as l_factor,
        l.price_per as l_price_per,
        l.existing_items as l_existing,
        l.note as l_note,
        l.created_by_us as l_ours
    from linked as x
    left join variant_links as l
        on l.account_id = :account_id::integer
        and l.destination_store_id = :destination::integer
        and l.destination_variant_id = x.d_variant
)

select
    p.*,
    s.sku as s_sku,
    s.barcode as s_barcode,
    s.product_id as s_product,
    d.sku as d_sku,
    d.barcode as d_barcode,
    d.product_id as d_product,
    d.inventory_item_id as d_item,
    other.sku as l_source_sku
from paired as p
left join staging.variants as s
    on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = p.s_variant
left join staging.variants as d
    on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.variant_id = p.d_variant
left join staging.variants as other
    on other.account_id = :account_id::integer
    and other.store_id = :source::integer
    and other.variant_id = p.l_source
    and p.l_connection = :connection_id::integer;
