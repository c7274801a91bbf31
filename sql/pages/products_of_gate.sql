-- Products that stand at one gate, in one text: there may be tens of thousands. A destination is told of those it is offered alone (rule 91).
select coalesce(array_agg(s.product_id), '{}')::text as products
from standings(:account_id::integer, :connection_id::integer, :order_of_codes::text[]) as s
where s.code = :code::text and (not :offered_only::boolean or s.is_available)
