-- Linked variants, with the products they are in, by how they were matched.
select
    connection_id,
    matched_by,
    count(*)::integer as variants,
    count(distinct destination_product_id)::integer as products
from variant_links
where account_id = :account_id
group by connection_id, matched_by
order by connection_id, variants desc, matched_by
