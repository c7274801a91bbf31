-- Links that go, with how they were last settled. The pair stays apart: neither key nor origin brings it together again.
with

gone as (
    delete from variant_links as l
    using judged_rows as j
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and j.action in ('unlink', 'relink')
        and l.destination_variant_id = j.d_variant
    returning l.source_variant_id, l.source_product_id, l.destination_variant_id, l.destination_product_id, j.d_item
),

variants as (
    delete from baseline.variants as b
    using gone as g
    where b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.destination_variant_id = g.destination_variant_id
),

levels as (
    delete from baseline.levels as b
    using gone as g
    where b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.inventory_item_id = g.d_item
),

apart as (
    select source_variant_id, source_product_id, destination_variant_id, destination_product_id from gone
    union
    select s_variant, s_product, d_variant, d_product from judged_rows where action = 'apart'
)

insert into unlinked_variants (
    account_id, connection_id, source_variant_id, source_product_id, destination_variant_id, destination_product_id, upload_id
)
select
    :account_id::integer, :connection_id::integer, source_variant_id, source_product_id, destination_variant_id,
    destination_product_id, :upload_id::bigint
from apart
on conflict do nothing
