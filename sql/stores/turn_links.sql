-- Two stores that changed their roles: what was linked one way is linked the other, as items that were there before (D6).
-- A pack is none the other way round, and a connection that has links of its own keeps them.
with

turned as (
    select
        c.account_id,
        c.connection_id,
        c.destination_store_id,
        r.connection_id as old_connection_id,
        c.settings ->> 'match_by' as match_by
    from connections as c
    join connections as r
        on r.account_id = c.account_id
        and r.source_store_id = c.destination_store_id
        and r.destination_store_id = c.source_store_id
        and r.state = 'disconnected'
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and not exists (
            select from variant_links as l where l.account_id = c.account_id and l.connection_id = c.connection_id
        )
),

products as (
    insert into product_links (
        account_id, connection_id, source_product_id, destination_store_id, destination_product_id, created_by_us
    )
    select
        t.account_id, t.connection_id, l.destination_product_id, t.destination_store_id, l.source_product_id, false
    from turned as t
    join product_links as l on l.account_id = t.account_id and l.connection_id = t.old_connection_id
    on conflict do nothing
)

insert into variant_links (
    account_id, connection_id, source_variant_id, source_product_id, destination_store_id, destination_variant_id,
    destination_product_id, matched_by, created_by_us
)
select
    t.account_id, t.connection_id, l.destination_variant_id, l.destination_product_id, t.destination_store_id,
    l.source_variant_id, l.source_product_id, case l.matched_by when 'origin' then t.match_by else l.matched_by end, false
from turned as t
join variant_links as l on l.account_id = t.account_id and l.connection_id = t.old_connection_id
where l.factor = 1
on conflict do nothing
