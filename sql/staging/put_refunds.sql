-- Refunds, each with all its lines.
with

came as (
    select
        refund_id,
        order_id,
        created_at,
        updated_at,
        note,
        amount,
        return_id,
        lines
    from jsonb_to_recordset(:refunds::jsonb) as given (
        refund_id bigint, order_id bigint, created_at timestamptz, updated_at timestamptz, note text, amount numeric, return_id bigint,
        lines jsonb
    )
),

lines as (
    select
        line.refund_line_id,
        came.refund_id,
        line.line_item_id,
        line.quantity,
        line.restock_type,
        line.location_id
    from came
    cross join lateral jsonb_to_recordset(came.lines) as line (
        refund_line_id bigint, line_item_id bigint, quantity integer, restock_type text, location_id bigint
    )
),

gone as (
    delete from staging.refund_lines as kept
    using came
    where kept.account_id = :account_id::integer
        and kept.store_id = :store_id::integer
        and kept.refund_id = came.refund_id
        and not exists (select from lines where lines.refund_line_id = kept.refund_line_id)
),

headers as (
    insert into staging.refunds as kept (
        account_id, store_id, refund_id, order_id, created_at, updated_at, note, amount, return_id, read_at, changed_at
    )
    select
        :account_id::integer,
        :store_id::integer,
        refund_id,
        order_id,
        created_at,
        updated_at,
        note,
        amount,
        return_id,
        :read_at::timestamptz,
        clock_timestamp()
    from came
    on conflict (account_id, store_id, refund_id) do update
    set
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        note = excluded.note,
        amount = excluded.amount,
        return_id = excluded.return_id,
        read_at = excluded.read_at,
        -- its lines may have moved: whoever looks at what changed looks at them
        changed_at = excluded.changed_at
)

insert into staging.refund_lines as kept (
    account_id, store_id, refund_line_id, refund_id, line_item_id, quantity, restock_type, location_id, read_at, changed_at
)
select
    :account_id::integer,
    :store_id::integer,
    refund_line_id,
    refund_id,
    line_item_id,
    quantity,
    restock_type,
    location_id,
    :read_at::timestamptz,
    clock_timestamp()
from lines
on conflict (account_id, store_id, refund_line_id) do update
set
    quantity = excluded.quantity,
    restock_type = excluded.restock_type,
    location_id = excluded.location_id,
    read_at = excluded.read_at,
    changed_at = excluded.changed_at
where kept.quantity <> excluded.quantity
    or kept.restock_type <> excluded.restock_type
    or kept.location_id is distinct from excluded.location_id
