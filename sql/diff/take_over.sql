-- Of two sources with one SKU the connection of higher rank takes the link of an item that existed before (D7).
delete from variant_links as l
using connections as other
where l.account_id = :account_id::integer
    and l.destination_store_id = :destination::integer
    and l.connection_id <> :connection_id::integer
    and not l.created_by_us
    and l.matched_by = :match_by::text
    and other.account_id = l.account_id
    and other.connection_id = l.connection_id
    and other.rank < :rank::integer
    and exists (
        select from staging.variants as d
        join staging.variants as s
            on s.account_id = d.account_id
            and s.store_id = :source::integer
            and case :match_by::text when 'barcode' then s.barcode = d.barcode else s.sku = d.sku end
        join offered as o on o.product_id = s.product_id and o.gate is null
        where d.account_id = l.account_id
            and d.store_id = l.destination_store_id
            and d.variant_id = l.destination_variant_id
            and not exists (select from unfit_source as u where u.variant_id = s.variant_id)
    );
