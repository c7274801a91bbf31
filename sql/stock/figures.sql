-- Figures as they were just worked out: what is there, what should be, and why that has to wait. Of a product that got a
-- hide tag none is raised (D16).
select
    :account_id::integer as account_id,
    :connection_id::integer as connection_id,
    r.inventory_item_id as item_id,
    r.location_id,
    r.actual_available as actual,
    case
        when not h.is_hidden then r.desired_available
        when h.hidden_stock = 'zero' then 0
        else least(r.desired_available, r.actual_available)
    end as desired,
    r.waits
from level_rows as r
cross join lateral (
    select
        c.settings ->> 'hidden_stock' as hidden_stock,
        exists (
            select from unnest(p.tags) as own (tag)
            cross join lateral jsonb_array_elements_text(c.settings -> 'hide_tags') as hide (tag)
            where lower(own.tag) = lower(hide.tag)
        ) as is_hidden
    from connections as c
    join staging.products as p
        on p.account_id = c.account_id and p.store_id = c.source_store_id and p.product_id = r.source_product_id
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
) as h
