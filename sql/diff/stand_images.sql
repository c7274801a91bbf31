-- Images that a rule or a person keeps away. They have no place and no number there, so they go by the source's.
insert into standing (entity, item_id, source_product_id, label, desired, origin, mode, rule)
select
    'image', m.image_id, m.source_product_id, m.label, jsonb_build_object('url', m.url, 'alt', m.alt), m.origin, m.mode,
    m.stands
from missing_images as m
where m.stands is not null;
