-- Levels that nobody watches, as their location is linked to none or their item is not tracked: what moves there meanwhile is
-- no count by hand (D4 two_way).
update baseline.levels as b
set unsettled = '{available}'
from variant_links as l
join staging.variants as s
    on s.account_id = l.account_id and s.store_id = :source::integer and s.variant_id = l.source_variant_id
join staging.variants as d
    on d.account_id = l.account_id and d.store_id = :destination::integer and d.variant_id = l.destination_variant_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and :orders::text = 'two_way'
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and b.account_id = l.account_id
    and b.connection_id = l.connection_id
    and b.inventory_item_id = d.inventory_item_id
    and b.unsettled = '{}'
    and (
        not :inventory::boolean
        or not s.tracked
        or not d.tracked
        or not exists (
            select
            from location_links as k
            where k.account_id = b.account_id
                and k.connection_id = b.connection_id
                and k.destination_location_id = b.location_id
        )
    );
