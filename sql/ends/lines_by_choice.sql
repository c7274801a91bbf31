-- How many lines each choice for the linked items would write (D14).
select items, count(*)::integer as lines
from ending_lines
where account_id = :account_id::integer and connection_id = :connection_id::integer
group by items
