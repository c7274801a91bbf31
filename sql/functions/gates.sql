-- Every product of a source, and the first gate that keeps it from being offered to a connection (D16, rule 7, D2's scopes).
create or replace function gates(account integer, connection integer, source integer, hide_tags text[])
returns table (product_id bigint, gate text) language sql stable parallel safe as $$
    select
        p.product_id,
        case
            when exists (select from unnest(p.tags) as tag where lower(tag) = any (hide_tags)) then 'hidden'
            when coalesce(covered.excluded, false) or not coalesce(covered.included, false) then 'out_of_scope'
        end
    from staging.products as p
    cross join lateral (
        select
            bool_or(s.action = 'include') as included,
            bool_or(s.action = 'exclude') as excluded
        from scopes as s
        where s.account_id = account
            and s.connection_id = connection
            and case s.kind
                when 'all' then true
                when 'tag' then exists (select from unnest(p.tags) as tag where lower(tag) = lower(s.value))
                when 'product' then s.value in (p.handle, p.product_id::text)
                when 'collection' then exists (
                    select
                    from staging.collection_products as cp
                    join staging.collections as c
                        on c.account_id = cp.account_id
                        and c.store_id = cp.store_id
                        and c.collection_id = cp.collection_id
                    where cp.account_id = p.account_id
                        and cp.store_id = p.store_id
                        and cp.product_id = p.product_id
                        and s.value in (c.handle, c.collection_id::text)
                )
            end
    ) as covered
    where p.account_id = account and p.store_id = source
$$;
