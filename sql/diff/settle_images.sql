insert into baseline.images (
    account_id, connection_id, destination_product_id, destination_image_id, [[ fields: wrote_# ]], [[ fields: saw_# ]],
    unsettled
)
select
    :account_id::integer,
    :connection_id::integer,
    r.destination_product_id,
    r.destination_image_id,
    [[ fields: case when r.desired_# is not distinct from r.actual_# then r.desired_# else r.wrote_# end ]],
    [[ fields: case when r.desired_# is not distinct from r.actual_# then r.actual_# else r.saw_# end ]],
    array_remove(
        array[ [[ fields: case
            when r.desired_# is distinct from r.actual_# and (not r.known or '#' = any (r.unsettled)) then '#'
        end ]] ],
        null
    )
from image_rows as r
where r.existing <> 'stock_only'
on conflict (account_id, connection_id, destination_product_id, destination_image_id) do update set
    [[ fields: wrote_# = excluded.wrote_# ]],
    [[ fields: saw_# = excluded.saw_# ]],
    unsettled = excluded.unsettled,
    settled_at = now();
