-- Products of a source as a connection sees them: how many are synced, of how many some variants alone are (`partly`), and of
-- the others the first gate that says no. A destination is told of those it is offered alone (rule 91).
with

connection as materialized (
    select
        c.account_id,
        c.connection_id,
        c.source_store_id,
        array(select lower(tag.value) from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag) as hide_tags
    from connections as c
    where c.account_id = :account_id::integer and c.connection_id = :connection_id::integer
),

gated as materialized (
    select g.product_id, g.gate
    from connection as c
    cross join lateral gates(c.account_id, c.connection_id, c.source_store_id, c.hide_tags) as g
),

linked as materialized (
    select l.source_product_id, count(distinct l.source_variant_id) as variants
    from variant_links as l
    join connection as c on c.account_id = l.account_id and c.connection_id = l.connection_id
    group by l.source_product_id
),

sizes as materialized (
    select v.product_id, count(*) as variants
    from connection as c
    join staging.variants as v on v.account_id = c.account_id and v.store_id = c.source_store_id
    group by v.product_id
),

found as (
    select distinct on (p.source_product_id) p.source_product_id, p.code
    from problems as p
    join connection as c on c.account_id = p.account_id and c.connection_id = p.connection_id
    where p.source_product_id is not null
    order by p.source_product_id, array_position(:order_of_codes::text[], p.code), p.code
),

created as (
    select distinct on (l.product_id) l.product_id as item_id, l.status
    from connection as c
    join creations_not_made as l
        on l.account_id = c.account_id and l.connection_id = c.connection_id and l.kind = 'catalogue'
    order by l.product_id, l.change_id desc
)

select
    case
        when k.variants < z.variants then 'partly'
        when k.source_product_id is not null then 'synced'
        when g.gate is not null then g.gate
        when b.code is not null then b.code
        when w.status in ('held', 'proposed') then 'waits'
        else coalesce(w.status, 'not_compared')
    end as code,
    count(*)::integer as products
from gated as g
left join linked as k on k.source_product_id = g.product_id
left join sizes as z on z.product_id = g.product_id
left join found as b on b.source_product_id = g.product_id
left join created as w on w.item_id = g.product_id
where not :offered_only::boolean or g.gate is null or k.source_product_id is not null
group by 1
order by 2 desc, 1
