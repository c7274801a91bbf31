-- Source products with a difference that a rule lets stand: whether it still does is looked at.
select distinct source_product_id as product_id
from deviations
where account_id = :account_id::integer and connection_id = :connection_id::integer and source_product_id is not null;
