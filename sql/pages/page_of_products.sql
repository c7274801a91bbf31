-- A page of a source's products as a connection sees them, by title. A destination's side has those alone that are offered
-- to it, or linked (rule 91). The page is cut before anything is looked up of its products.
with

-- from the index alone: what the page shows is looked up when it is cut
page as (
    select
        p.product_id,
        p.place
    from staging.products as p
    -- with a limit each is looked up for the few rows of a page, and never for the whole store at once
    left join lateral (
        select true as is_linked
        from variant_links as l
        where l.account_id = :account_id::integer
            and l.connection_id = :connection_id::integer
            and l.source_product_id = p.product_id
        limit 1
    ) as k on :offered_only::boolean
    left join lateral (
        select true as is_offered
        from gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[]) as g
        where g.product_id = p.product_id and g.gate is null
        limit 1
    ) as o on :offered_only::boolean and k.is_linked is null
    where p.account_id = :account_id::integer
        and p.store_id = :source::integer
        and (:product_id::bigint is null or p.product_id = :product_id::bigint)
        and (
            :search::text is null
            or p.found_by like :pattern::text
            or p.product_id = any (array(
                select v.product_id
                from staging.variants as v
                where v.account_id = :account_id::integer and v.store_id = :source::integer and v.sku = :search::text
            ))
        )
        and (:after_id::bigint is null or (p.place, p.product_id) > (:after_title::text, :after_id::bigint))
        -- nearly all are linked: each is looked up, until the page is full
        and (
            :state::text is distinct from 'linked'
            or exists (
                select from variant_links as l
                where l.account_id = :account_id::integer
                    and l.connection_id = :connection_id::integer
                    and l.source_product_id = p.product_id
            )
        )
        -- ... and hardly any is not: one list for all of them
        and (
            :state::text is distinct from 'not_linked'
            or p.product_id not in (
                select l.source_product_id
                from variant_links as l
                where l.account_id = :account_id::integer and l.connection_id = :connection_id::integer
            )
        )
        and (
            :state::text is distinct from 'problem'
            or p.product_id in (
                select x.source_product_id
                from problems as x
                where x.account_id = :account_id::integer
                    and x.connection_id = :connection_id::integer
                    and x.source_product_id is not null
            )
        )
        and (:chosen::bigint[] is null or p.product_id in (select unnest(:chosen::bigint[])))
        and (not :offered_only::boolean or k.is_linked or o.is_offered)
    order by p.place, p.product_id
    limit :limit
)

select
    page.product_id,
    p.title,
    p.handle,
    p.vendor,
    p.status,
    page.place,
    n.variants,
    n.sku,
    k.linked,
    k.destination_product_id,
    -- why it is not synced: the first that says no
    coalesce(s.gate, b.code, w.code, h.code) as code,
    case when s.gate is null and not b.code = any (:untold::text[]) then b.detail end as detail,
    h.code as waiting,
    coalesce(w.change_set_id, h.change_set_id) as change_set_id
from page
join staging.products as p
    on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = page.product_id
cross join lateral (
    select
        count(*)::integer as variants,
        (array_agg(v.sku order by v.position))[1] as sku
    from staging.variants as v
    where v.account_id = :account_id::integer and v.store_id = :source::integer and v.product_id = page.product_id
) as n
cross join lateral (
    select
        count(distinct l.source_variant_id)::integer as linked,
        min(l.destination_product_id) as destination_product_id
    from variant_links as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.source_product_id = page.product_id
) as k
-- 1. is it offered
left join lateral (
    select g.gate
    from gates(:account_id::integer, :connection_id::integer, :source::integer, :hide_tags::text[]) as g
    where g.product_id = page.product_id
) as s on true
-- 2. what the last comparison found
left join lateral (
    select x.code, x.detail
    from problems as x
    where x.account_id = :account_id::integer
        and x.connection_id = :connection_id::integer
        and x.source_product_id = page.product_id
    order by array_position(:order_of_codes::text[], x.code), x.first_seen, x.item_id
    limit 1
) as b on true
-- 3. its creation waits, was rejected or refused
left join lateral (
    select
        case when l.status in ('held', 'proposed') then 'waits' else l.status end as code,
        l.change_set_id
    from creations_not_made as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.product_id = page.product_id
    order by l.change_id desc
    limit 1
) as w on k.linked = 0
-- 4. changes of it wait, those for a person first
left join lateral (
    select l.code, l.change_set_id
    from waiting_changes as l
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.source_product_id = page.product_id
        and l.is_plain in (true, false)
        and l.place = page.product_id
    order by l.code desc, l.change_set_id
    limit 1
) as h on k.linked > 0
order by page.place, page.product_id
