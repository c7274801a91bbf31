with

unlinked as (
    delete from image_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and destination_image_id = any (:ids::bigint[])
)

delete from baseline.images
where account_id = :account_id::integer
    and connection_id = :connection_id::integer
    and destination_image_id = any (:ids::bigint[])
