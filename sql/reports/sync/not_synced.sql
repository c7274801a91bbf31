-- Variants of the source that have no partner at the destination, with the first gate that refused. A destination is told
-- of what it is offered alone (rule 91).
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

gated as (
    select g.product_id, g.gate
    from connection as c
    cross join lateral gates(c.account_id, c.connection_id, c.source_store_id, c.hide_tags) as g
),

-- of each item what is told first
found as (
    select distinct on (p.entity, p.item_id) p.entity, p.item_id, p.code, p.detail
    from problems as p
    join connection as c on c.account_id = p.account_id and c.connection_id = p.connection_id
    where p.entity in ('product', 'variant')
    order by p.entity, p.item_id, array_position(:order_of_codes::text[], p.code), p.first_seen, p.other_id
),

created as (
    select distinct on (l.product_id) l.product_id as item_id, l.status, l.message, l.change_set_id
    from creations_not_made as l
    join connection as c on c.account_id = l.account_id and c.connection_id = l.connection_id
    order by l.product_id, l.change_id desc
)

select
    v.sku as source_sku,
    p.handle,
    p.title,
    case
        when g.gate = 'hidden' then 'hidden_tag'
        when g.gate is not null then 'scope'
        when coalesce(b.code, w.code) is not null then coalesce(:gates::jsonb ->> coalesce(b.code, w.code), 'mode')
        when n.status is not null then 'change_set'
        else 'run'
    end as first_gate_that_refused,
    case
        when g.gate = 'hidden' then 'carries a hide tag'
        when g.gate is not null then 'the connection does not take it'
        -- some details name what a destination has of its own
        when b.code is not null then concat_ws(': ', b.code, case when :side::text is distinct from 'source' or not b.code = any (:codes_of_destination::text[]) then b.detail end)
        when w.code is not null then concat_ws(': ', w.code, w.detail)
        when n.status in ('held', 'proposed') then format('waits for a person in set %s', n.change_set_id)
        when n.status is not null then concat_ws(': ', format('%s in set %s', n.status, n.change_set_id), n.message)
        else 'was not compared yet: the next run does'
    end as detail,
    v.variant_id as source_variant_id
from connection as c
join staging.variants as v on v.account_id = c.account_id and v.store_id = c.source_store_id
join staging.products as p on p.account_id = v.account_id and p.store_id = v.store_id and p.product_id = v.product_id
left join gated as g on g.product_id = v.product_id
left join found as b on b.entity = 'variant' and b.item_id = v.variant_id
left join found as w on w.entity = 'product' and w.item_id = v.product_id
left join created as n on n.item_id = v.product_id
where not exists (
        select from variant_links as l
        where l.account_id = c.account_id and l.connection_id = c.connection_id and l.source_variant_id = v.variant_id
    )
    and (:side::text is distinct from 'destination' or g.gate is null)
order by p.handle, v.product_id, v.position, v.variant_id
