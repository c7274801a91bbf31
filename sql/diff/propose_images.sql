-- Images to be carried, each with the variants that show it. One taken away and changed since is an edit of both sides (D1).
insert into proposals (
    entity, action, kind, source_product_id, destination_product_id, item_id, label, after, origin, mode, rule, waits
)
select
    'image',
    'create',
    'catalogue',
    m.source_product_id,
    m.destination_product_id,
    m.image_id,
    m.label,
    jsonb_build_object(
        'source_image_id', m.image_id, 'url', m.url, 'alt', m.alt, 'position', m.position,
        'variants', coalesce((
            select jsonb_agg(v.variant_id order by v.position)
            from staging.variants as v
            where v.account_id = :account_id::integer
                and v.store_id = :source::integer
                and v.product_id = m.source_product_id
                and v.image_id = m.image_id
        ), '[]')
    ),
    m.origin,
    m.mode,
    m.rule,
    case when m.origin = 'both' and m.mode = 'follow' and :on_both::text = 'hold' then 'held' end
from missing_images as m
where m.stands is null;
