-- Errors first, then what would change, then the rest; or, for a file, as they came.
with

ranked as (
    select
        row_no,
        cells,
        result,
        action,
        message,
        case when :as_came::boolean then 0 else array_position(array['error', 'warning', 'ok', 'unchanged'], result) end as rank
    from upload_rows
    where account_id = :account_id::integer
        and upload_id = :upload_id::bigint
        and (:result::text is null or result = :result::text)
)

select row_no, cells, result, action, message, rank
from ranked
where (rank, row_no) > (:after_rank::integer, :after_row::integer)
order by rank, row_no
limit :limit::integer
