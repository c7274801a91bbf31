-- As a comparison pairs them, so that the same statements link them.
create temp table if not exists paired on commit drop as
select
    s_variant as source_variant,
    s_product as source_product,
    d_variant as variant_id,
    d_product as product_id,
    'mapping' as matched_by
from judged_rows
where action in ('link', 'relink');
