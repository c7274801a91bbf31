with

given as (
    select *
    from jsonb_to_recordset(:lines::jsonb)
        as g (line_number integer, variables jsonb, idempotency_key text, change_ids bigint[])
),

taken as (
    update changes as c
    set status = 'loading'
    from given as g
    where c.account_id = :account_id::integer and c.change_id = any (g.change_ids)
)

insert into call_lines (account_id, call_id, line_number, change_ids, variables, idempotency_key)
select :account_id::integer, :call_id::bigint, line_number, change_ids, variables, idempotency_key
from given
