-- Source products of which some level is not as it was last settled, at either end. One too many does no harm.
-- What several source levels or a buffer add up to, and what unpaid orders set aside, is not worked out here: that such a
-- source, such orders or the movements of either moved, changed_at tells.
select distinct l.source_product_id as product_id
from variant_links as l
join staging.variants as s
    on s.account_id = :account_id::integer and s.store_id = :source::integer and s.variant_id = l.source_variant_id
join staging.variants as d
    on d.account_id = :account_id::integer
    and d.store_id = :destination::integer
    and d.variant_id = l.destination_variant_id
join location_links as place
    on place.account_id = :account_id::integer and place.connection_id = :connection_id::integer
left join staging.levels as had
    on had.account_id = :account_id::integer
    and had.store_id = :source::integer
    and had.inventory_item_id = s.inventory_item_id
    and had.location_id = place.source_location_id
left join open_movements as m
    on m.account_id = :account_id::integer
    and m.source_store_id = :source::integer
    and m.source_item_id = s.inventory_item_id
    and m.source_location_id = place.source_location_id
left join staging.levels as has
    on has.account_id = :account_id::integer
    and has.store_id = :destination::integer
    and has.inventory_item_id = d.inventory_item_id
    and has.location_id = place.destination_location_id
left join baseline.levels as b
    on b.account_id = :account_id::integer
    and b.connection_id = :connection_id::integer
    and b.inventory_item_id = d.inventory_item_id
    and b.location_id = place.destination_location_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and :inventory::boolean
    and (
        (d.inventory_policy = 'CONTINUE' and has.available <= 0)
        or (
            s.tracked
            and d.tracked
            and (has.inventory_item_id is not null or had.available > 0)
            and (
                b.inventory_item_id is null
                or b.unsettled <> '{}'
                or has.available is distinct from b.saw_available
                or b.wrote_available is distinct from b.saw_available
                or (
                    place.mode = 'mirror'
                    and l.factor = 1
                    and not :buffered::boolean
                    and greatest(had.available + coalesce(m.units, 0), 0) is distinct from has.available
                )
            )
        )
    );
