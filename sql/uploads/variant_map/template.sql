-- The pairs as they stand: links, mappings of which no link has come yet, and pairs that are kept apart. Ids stand where a
-- SKU names no variant for sure.
with

repeated as (
    select store_id, sku
    from staging.variants
    where account_id = :account_id::integer and store_id in (:source::integer, :destination::integer) and sku is not null
    group by store_id, sku
    having count(*) > 1
),

links as (
    select 'MERGE' as command, l.source_variant_id, l.destination_variant_id, l.matched_by, l.factor, l.price_per, l.existing_items, l.note
    from variant_links as l
    where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
    union all
    select 'DELETE', u.source_variant_id, u.destination_variant_id, null, null, null, null, null
    from unlinked_variants as u
    where u.account_id = :account_id::integer
        and u.connection_id = :connection_id::integer
        -- linked with another by now
        and not exists (
            select from variant_links as l
            where l.account_id = u.account_id
                and l.destination_store_id = :destination::integer
                and l.destination_variant_id = u.destination_variant_id
        )
),

named as (
    select
        l.*,
        s.sku as source_sku,
        d.sku as dest_sku,
        s.sku is null or exists (select from repeated as r where r.store_id = :source::integer and r.sku = s.sku) as source_by_id,
        d.sku is null or exists (select from repeated as r where r.store_id = :destination::integer and r.sku = d.sku) as dest_by_id
    from links as l
    join staging.variants as s
        on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
    join staging.variants as d
        on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.variant_id = l.destination_variant_id
),

rows as (
    select
        command,
        source_sku,
        dest_sku,
        matched_by,
        factor,
        price_per,
        existing_items,
        case when source_by_id then source_variant_id end as source_variant_id,
        case when dest_by_id then destination_variant_id end as dest_variant_id,
        note
    from named
    union all
    select 'MERGE', m.source_sku, m.destination_sku, 'mapping', m.factor, m.price_per, m.existing_items, null, null, m.note
    from mappings as m
    where m.account_id = :account_id::integer
        and m.connection_id = :connection_id::integer
        and not exists (
            select from staging.variants as d
            join variant_links as l
                on l.account_id = d.account_id
                and l.destination_store_id = d.store_id
                and l.destination_variant_id = d.variant_id
            where d.account_id = m.account_id and d.store_id = :destination::integer and d.sku = m.destination_sku
        )
)

select
    command,
    :source_domain::text as source_store,
    source_sku,
    :destination_domain::text as dest_store,
    dest_sku,
    matched_by as match_by,
    factor as qty_factor,
    price_per,
    existing_items,
    source_variant_id,
    dest_variant_id,
    note
from rows
order by command desc, source_sku, source_variant_id, dest_sku, dest_variant_id
