-- Membership is read of a source store some connection of which asks for it.
select exists (
    select
    from connections as c
    where c.account_id = :account_id
        and c.source_store_id = :store_id
        and c.state in ('requested', 'connected')
        and (
            exists (
                select
                from scopes as s
                where s.account_id = c.account_id and s.connection_id = c.connection_id and s.kind = 'collection'
            )
            or exists (
                select
                from lock_rules as l
                where l.account_id = c.account_id and l.connection_id = c.connection_id and l.scope = 'collection'
            )
            or exists (
                select
                from price_rules as p
                where p.account_id = c.account_id and p.connection_id = c.connection_id and p.scope = 'collection'
            )
            or exists (
                select
                from buffers as b
                where b.account_id = c.account_id and b.connection_id = c.connection_id and b.scope = 'collection'
            )
        )
) as needed
