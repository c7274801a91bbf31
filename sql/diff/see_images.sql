-- Notes which linked images the destination's readings have shown by now.
update image_links as l
set seen = true
from staging.images as d
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and not l.seen
    and d.account_id = l.account_id
    and d.store_id = :destination::integer
    and d.product_id = l.destination_product_id
    and d.image_id = l.destination_image_id;
