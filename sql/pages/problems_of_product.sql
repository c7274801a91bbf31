select
    code,
    entity,
    label,
    case when not code = any (:untold::text[]) then detail end as detail,
    first_seen,
    last_seen
from problems
where account_id = :account_id and connection_id = :connection_id and source_product_id = :product_id::bigint
order by array_position(:order_of_codes::text[], code), first_seen, item_id
limit 200
