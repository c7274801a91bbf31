-- Only a store that never let us in, and that nothing hangs on.
delete from stores as s
where s.account_id = :account_id::integer
    and s.store_id = :store_id::integer
    and s.shop_id is null
    and not exists (
        select from connections as c
        where c.account_id = s.account_id and s.store_id in (c.source_store_id, c.destination_store_id)
    )
