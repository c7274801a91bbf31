-- What an earlier run left: planned and never sent, or sent and never answered.
select
    c.call_id,
    c.connection_id,
    c.change_set_id,
    c.name,
    c.transport,
    c.state,
    c.variables::text as variables,
    c.idempotency_key,
    c.staged_path,
    c.bulk_operation_id,
    c.sent_at
from calls as c
where c.account_id = :account_id::integer
    and c.store_id = :store_id::integer
    and c.state in ('planned', 'sent', 'unknown')
order by c.call_id
