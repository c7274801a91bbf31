-- Products of a connection's source, and where each stands: synced, partly, or the first gate that says no. `is_available`: it is
-- offered to the connection, or linked by it.
create or replace function standings(account integer, connection integer, order_of_codes text[])
returns table (product_id bigint, code text, is_available boolean) language sql stable parallel safe as $$
    with

    gated as materialized (
        select g.product_id, g.gate
        from connections as c
        cross join lateral gates(
            c.account_id,
            c.connection_id,
            c.source_store_id,
            array(select lower(tag.value) from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag)
        ) as g
        where c.account_id = account and c.connection_id = connection
    ),

    linked as materialized (
        select l.source_product_id, count(distinct l.source_variant_id) as variants
        from variant_links as l
        where l.account_id = account and l.connection_id = connection
        group by l.source_product_id
    ),

    sizes as materialized (
        select v.product_id, count(*) as variants
        from connections as c
        join staging.variants as v on v.account_id = c.account_id and v.store_id = c.source_store_id
        where c.account_id = account and c.connection_id = connection
        group by v.product_id
    ),

    waiting as materialized (
        select w.source_product_id, max(w.code) as code
        from waiting_changes as w
        where w.account_id = account and w.connection_id = connection
        group by w.source_product_id
    ),

    found as materialized (
        select distinct on (p.source_product_id) p.source_product_id, p.code
        from problems as p
        where p.account_id = account and p.connection_id = connection and p.source_product_id is not null
        order by p.source_product_id, array_position(order_of_codes, p.code), p.code
    ),

    created as materialized (
        select distinct on (l.product_id) l.product_id as item_id, l.status
        from creations_not_made as l
        where l.account_id = account and l.connection_id = connection and l.kind = 'catalogue'
        order by l.product_id, l.change_id desc
    )

    select
        g.product_id,
        case
            when k.variants < z.variants then 'partly'
            when k.source_product_id is not null then coalesce(h.code, 'synced')
            when g.gate is not null then g.gate
            when b.code is not null then b.code
            when w.status in ('held', 'proposed') then 'waits'
            else coalesce(w.status, 'not_compared')
        end,
        g.gate is null or k.source_product_id is not null
    from gated as g
    left join linked as k on k.source_product_id = g.product_id
    left join sizes as z on z.product_id = g.product_id
    left join waiting as h on h.source_product_id = g.product_id
    left join found as b on b.source_product_id = g.product_id
    left join created as w on w.item_id = g.product_id
$$;
