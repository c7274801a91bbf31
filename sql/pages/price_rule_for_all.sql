-- The price rule that governs what no narrower rule names, now (rule 37).
select price_rule_id
from price_rule_signatures
where account_id = :account_id::integer and connection_id = :connection_id::integer and scope = 'all'
order by priority desc, price_rule_id
limit 1
