update call_lines as l
set answer = g.answer
from jsonb_to_recordset(:answers::jsonb) as g (line_number integer, answer jsonb)
where l.account_id = :account_id::integer
    and l.call_id = :call_id::bigint
    and l.line_number = g.line_number
