select variables::text as variables
from call_lines
where account_id = :account_id::integer
    and call_id = :call_id::bigint
    and line_number >= :from_line::integer
order by line_number
limit :most::integer
