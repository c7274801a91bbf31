-- A mapping goes by SKU: pairs of which one has none, or shares it (a connection may match by barcode), are held by their link alone.
insert into mappings (
    account_id, connection_id, source_sku, destination_sku, factor, price_per, existing_items, note, origin
)
with

pairs as (
    select * from judged_rows where action in ('link', 'relink', 'change') and s_sku is not null and d_sku is not null
),

carriers as (
    select v.store_id, v.sku
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id in (:source::integer, :destination::integer)
        and v.sku in (select s_sku from pairs union select d_sku from pairs)
    group by v.store_id, v.sku
    having count(*) > 1
)

select
    :account_id::integer, :connection_id::integer, p.s_sku, p.d_sku, p.factor_then, p.price_per_then, p.existing_then,
    p.note_then, 'upload'
from pairs as p
where not exists (select from carriers as c where c.store_id = :source::integer and c.sku = p.s_sku)
    and not exists (select from carriers as c where c.store_id = :destination::integer and c.sku = p.d_sku)
