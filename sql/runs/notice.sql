insert into notices (account_id, store_id, connection_id, code, text)
values (:account_id, :store_id::integer, :connection_id::integer, :code, :text)
on conflict (account_id, code, coalesce(store_id, 0), coalesce(connection_id, 0)) where ended_at is null do update
set
    text = excluded.text,
    last_seen = now()
