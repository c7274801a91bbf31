-- The pictures a creation made. One that was taken away and put back has another number than before.
with

given as (
    select r.*
    from jsonb_to_recordset(:rows::jsonb) as r (
        source_product_id bigint, source_image_id bigint, destination_product_id bigint, destination_image_id bigint
    )
    where not exists (
        select from image_links as taken
        where taken.account_id = :account_id::integer
            and taken.connection_id = :connection_id::integer
            and taken.destination_product_id = r.destination_product_id
            and taken.destination_image_id = r.destination_image_id
    )
),

forgotten as (
    delete from baseline.images as b
    using given as g
    join image_links as l
        on l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.source_product_id = g.source_product_id
        and l.source_image_id = g.source_image_id
    where b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_product_id = l.destination_product_id
        and b.destination_image_id = l.destination_image_id
)

insert into image_links (
    account_id, connection_id, source_product_id, source_image_id, destination_product_id, destination_image_id
)
select
    :account_id::integer, :connection_id::integer, source_product_id, source_image_id, destination_product_id,
    destination_image_id
from given
on conflict (account_id, connection_id, source_product_id, source_image_id) do update set
    destination_product_id = excluded.destination_product_id,
    destination_image_id = excluded.destination_image_id,
    created_at = now(),
    seen = false
