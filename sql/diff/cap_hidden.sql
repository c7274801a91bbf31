-- Stock of a product that got a hide tag is lowered and never raised (D16, rule 7).
delete from differences as d
using offered as o
where o.product_id = d.source_product_id
    and o.gate = 'hidden'
    and d.entity = 'level'
    and coalesce(nullif(d.desired, 'null')::text::numeric >= nullif(d.actual, 'null')::text::numeric, true);
