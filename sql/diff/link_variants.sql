insert into variant_links (
    account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
    destination_product_id, matched_by, created_by_us, factor, price_per, existing_items, note, linked_at
)
select
    :account_id::integer,
    :connection_id::integer,
    p.source_variant,
    p.source_product,
    :destination::integer,
    p.variant_id,
    p.product_id,
    p.matched_by,
    p.matched_by = 'origin',
    coalesce(m.factor, 1),
    coalesce(m.price_per, 'unit'),
    m.existing_items,
    m.note,
    (
        select max(s.read_at)
        from snapshots as s
        where s.account_id = :account_id::integer
            and s.store_id = :destination::integer
            and s.operation = 'catalogue'
            and s.state = 'complete'
    )
from paired as p
left join staging.variants as d
    on d.account_id = :account_id::integer and d.store_id = :destination::integer and d.variant_id = p.variant_id
left join mappings as m
    on m.account_id = :account_id::integer
    and m.connection_id = :connection_id::integer
    and p.matched_by = 'mapping'
    and m.destination_sku = d.sku
on conflict do nothing;
