-- Which variants of the source each row may mean: by id, or else by barcode, handle or SKU, of which the first that names any counts.
insert into map_hits (side, row_no, strength, variant_id, product_id, sku)
with

seen as not materialized (
    select v.*
    from staging.variants as v
    where v.account_id = :account_id::integer
        and v.store_id = :source::integer
        and exists (select from map_offered as o where o.product_id = v.product_id)
),

asked as not materialized (
    select * from map_given where is_meant
),

hits as (
    select a.row_no, 1 as strength, v.variant_id, v.product_id, v.sku
    from asked as a
    join seen as v on v.variant_id = a.source_variant_id
    union all
    select a.row_no, 2, v.variant_id, v.product_id, v.sku
    from asked as a
    join seen as v on v.barcode = a.barcode
    where a.source_id is null
    union all
    select a.row_no, 3, v.variant_id, v.product_id, v.sku
    from asked as a
    join staging.products as p
        on p.account_id = :account_id::integer and p.store_id = :source::integer and p.handle = a.handle
    join seen as v
        on v.product_id = p.product_id
        and v.option1 is not distinct from coalesce(a.option1, v.option1)
        and v.option2 is not distinct from coalesce(a.option2, v.option2)
        and v.option3 is not distinct from coalesce(a.option3, v.option3)
    where a.source_id is null
    union all
    select a.row_no, 4, v.variant_id, v.product_id, v.sku
    from asked as a
    join seen as v on v.sku = a.source_sku
    where a.source_id is null
),

ranked as (
    select h.*, rank() over (partition by h.row_no order by h.strength) as place
    from hits as h
)

select 'source', row_no, strength, variant_id, product_id, sku
from ranked
where place = 1;
