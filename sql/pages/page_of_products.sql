-- A page of a source's products as a connection sees them, by title. A destination's side has those alone that are offered
-- to it, or linked (rule 91). The page is cut before anything is looked up of its products.
with

page as (
    select
        c.account_id,
        c.connection_id,
        c.source_store_id,
        h.tags as hide_tags,
        p.product_id,
        p.title,
        p.handle,
        p.vendor,
        p.status,
        lower(coalesce(p.title, '')) as place
    from connections as c
    cross join lateral (
        select coalesce(array_agg(lower(tag.value)), '{}') as tags
        from jsonb_array_elements_text(c.settings -> 'hide_tags') as tag
    ) as h
    join staging.products as p on p.account_id = c.account_id and p.store_id = c.source_store_id
    left join lateral (
        select true as is_linked
        from variant_links as l
        where l.account_id = c.account_id and l.connection_id = c.connection_id and l.source_product_id = p.product_id
        limit 1
    ) as k on true
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and (:product_id::bigint is null or p.product_id = :product_id::bigint)
        and (
            :search::text is null
            or p.title ilike '%' || :search::text || '%'
            or p.handle ilike '%' || :search::text || '%'
            or p.product_id in (
                select v.product_id
                from staging.variants as v
                where v.account_id = :account_id::integer
                    and v.store_id = (
                        select o.source_store_id from connections as o
                        where o.account_id = :account_id::integer and o.connection_id = :connection_id::integer
                    )
                    and v.sku = :search::text
            )
        )
        and (
            :after_id::bigint is null
            or (lower(coalesce(p.title, '')), p.product_id) > (:after_title::text, :after_id::bigint)
        )
        and (:state::text is null or (:state::text = 'linked') = (k.is_linked is not null))
        and (
            not :offered_only::boolean
            or k.is_linked
            or exists (
                select from gates(c.account_id, c.connection_id, c.source_store_id, h.tags) as g
                where g.product_id = p.product_id and g.gate is null
            )
        )
    order by lower(coalesce(p.title, '')), p.product_id
    limit :limit
)

select
    page.product_id,
    page.title,
    page.handle,
    page.vendor,
    page.status,
    page.place,
    n.variants,
    n.sku,
    k.linked,
    k.destination_product_id,
    -- why it is not synced: the first that says no
    coalesce(s.gate, b.code, w.code) as code,
    case when s.gate is null then b.detail end as detail,
    w.change_set_id
from page
cross join lateral (
    select
        count(*)::integer as variants,
        (array_agg(v.sku order by v.position))[1] as sku
    from staging.variants as v
    where v.account_id = page.account_id and v.store_id = page.source_store_id and v.product_id = page.product_id
) as n
cross join lateral (
    select
        count(distinct l.source_variant_id)::integer as linked,
        min(l.destination_product_id) as destination_product_id
    from variant_links as l
    where l.account_id = page.account_id
        and l.connection_id = page.connection_id
        and l.source_product_id = page.product_id
) as k
-- 1. is it offered
left join lateral (
    select g.gate
    from gates(page.account_id, page.connection_id, page.source_store_id, page.hide_tags) as g
    where g.product_id = page.product_id
) as s on true
-- 2. what the last comparison found
left join lateral (
    select p.code, p.detail
    from problems as p
    where p.account_id = page.account_id
        and p.connection_id = page.connection_id
        and p.source_product_id = page.product_id
    order by array_position(:order_of_codes::text[], p.code), p.first_seen, p.item_id
    limit 1
) as b on true
-- 3. its creation waits, was rejected or refused
left join lateral (
    select
        case when l.status in ('held', 'proposed') then 'waits' else l.status end as code,
        l.change_set_id
    from changes as l
    join change_sets as h
        on h.account_id = l.account_id and h.change_set_id = l.change_set_id and h.state <> 'superseded'
    where l.account_id = page.account_id
        and l.connection_id = page.connection_id
        and l.entity = 'product'
        and l.item_id = page.product_id
        and l.action = 'create'
        and l.status in ('held', 'proposed', 'approved', 'loading', 'rejected', 'failed', 'blocked', 'unknown')
    order by l.change_id desc
    limit 1
) as w on k.linked = 0
order by page.place, page.product_id
