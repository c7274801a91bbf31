-- Lines by number, or all from one on, that nothing is known of yet.
select line_number, change_ids
from call_lines
where account_id = :account_id::integer
    and call_id = :call_id::bigint
    and answer is null
    and (:numbers::integer[] is null or line_number = any (:numbers::integer[]))
order by line_number
limit :most::integer
