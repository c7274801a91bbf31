-- Linked images whose place or text differs, or whose baseline is not settled yet. Places count linked images only.
create temp table image_rows on commit drop as
with

pairs as (
    select
        l.source_product_id,
        l.source_image_id,
        l.destination_product_id,
        l.destination_image_id,
        p.existing,
        b.destination_image_id is not null as known,
        coalesce(b.unsettled, '{}') as unsettled,
        row_number() over (partition by l.source_product_id order by s.position)::integer as desired_position,
        row_number() over (partition by l.destination_product_id order by d.position)::integer as actual_position,
        [[ copied: s.# as desired_# ]],
        [[ copied: d.# as actual_# ]],
        [[ fields: b.wrote_# ]],
        [[ fields: b.saw_# ]]
    from image_links as l
    join linked_products as p
        on p.account_id = l.account_id
        and p.connection_id = l.connection_id
        and p.destination_product_id = l.destination_product_id
    join staging.images as s
        on s.account_id = l.account_id
        and s.store_id = :source::integer
        and s.product_id = l.source_product_id
        and s.image_id = l.source_image_id
    join staging.images as d
        on d.account_id = l.account_id
        and d.store_id = :destination::integer
        and d.product_id = l.destination_product_id
        and d.image_id = l.destination_image_id
    left join baseline.images as b
        on b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_product_id = l.destination_product_id
        and b.destination_image_id = l.destination_image_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
)

select
    source_product_id,
    source_image_id,
    destination_product_id,
    destination_image_id,
    existing,
    known,
    unsettled,
    [[ fields: desired_# ]],
    [[ fields: actual_# ]],
    [[ fields: wrote_# ]],
    [[ fields: saw_# ]]
from pairs
where ([[ fields: desired_# ]]) is distinct from ([[ fields: actual_# ]])
    or (
        existing <> 'stock_only'
        and (
            not known
            or unsettled <> '{}'
            or ([[ fields: desired_# ]]) is distinct from ([[ fields: wrote_# ]])
            or ([[ fields: actual_# ]]) is distinct from ([[ fields: saw_# ]])
        )
    );
