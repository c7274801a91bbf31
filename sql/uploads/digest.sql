-- Of all that is shown of an upload, in the order of its rows.
select
    md5(coalesce(string_agg(concat_ws('|', row_no::text, result, action, message, effect), e'\n' order by row_no), ''))
        as digest
from judged_rows
