-- The bare comparison: one full outer join on SKU over the typed columns of both stores' staging tables. No links, no
-- rules, no baseline, nothing written. The second count is of columns that two currencies and two stores hold apart.
select
    count(*) filter (
        where (s.option1, s.option2, s.option3, s.barcode, s.taxable, s.inventory_policy, s.tracked, s.weight, s.requires_shipping)
            is distinct from
            (d.option1, d.option2, d.option3, d.barcode, d.taxable, d.inventory_policy, d.tracked, d.weight, d.requires_shipping)
    ) as differing,
    count(*) filter (
        where (s.price, s.compare_at_price, s.cost, s.image_id) is distinct from (d.price, d.compare_at_price, d.cost, d.image_id)
    ) as apart
from (select * from staging.variants where account_id = 1 and store_id = 1) as s
full outer join (select * from staging.variants where account_id = 1 and store_id = 2) as d on d.sku = s.sku
