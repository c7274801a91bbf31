create temp table incoming_variant_images (
    variant_id bigint not null,
    image_id bigint not null,
    line bigint not null
)
