-- Calls are written before they are sent, each with the lines it carries.
with

given as materialized (
    select g.*, nextval(pg_get_serial_sequence('calls', 'call_id')) as call_id
    from jsonb_to_recordset(:calls::jsonb)
        as g (ordinal integer, name text, variables jsonb, idempotency_key text, change_ids bigint[])
),

written as (
    insert into calls (
        account_id, call_id, store_id, connection_id, change_set_id, run_id, name, transport, variables, idempotency_key
    )
    overriding system value
    select
        :account_id::integer, call_id, :store_id::integer, :connection_id::integer, :change_set_id::bigint, :run_id::bigint,
        name, 'plain', variables, idempotency_key
    from given
),

carried as (
    insert into call_lines (account_id, call_id, line_number, change_ids)
    select :account_id::integer, call_id, 0, change_ids
    from given
),

taken as (
    update changes as c
    set status = 'loading'
    from given as g
    where c.account_id = :account_id::integer and c.change_id = any (g.change_ids)
)

select call_id
from given
order by ordinal
