-- Linked products with what may be written of them: all of ours, of others what the mapping of one of their variants,
-- or else the connection says (D9).
create or replace view linked_products as
select
    l.account_id,
    l.connection_id,
    l.source_product_id,
    l.destination_store_id,
    l.destination_product_id,
    l.created_by_us,
    case
        when l.created_by_us then 'ours'
        else coalesce(
            (
                select v.existing_items
                from variant_links as v
                where v.account_id = l.account_id
                    and v.connection_id = l.connection_id
                    and v.destination_product_id = l.destination_product_id
                    and v.existing_items is not null
                order by array_position(array['overwrite', 'fill_blank', 'stock_only'], v.existing_items)
                limit 1
            ),
            c.settings ->> 'existing_items'
        )
    end as existing,
    l.source_digest,
    l.destination_digest
from product_links as l
join connections as c on c.account_id = l.account_id and c.connection_id = l.connection_id;
