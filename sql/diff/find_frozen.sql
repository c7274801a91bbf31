-- Linked items that stand still: hidden, out of scope, gone at the source, waiting for a price, taken by another source.
insert into found (code, entity, item_id, other_id, source_product_id, label, detail)
select
    o.gate, 'product', l.source_product_id, 0, l.source_product_id, p.handle,
    case o.gate
        when 'hidden' then 'carries a hide tag: what was synced stands still, its stock: ' || :hidden_stock::text
        else 'left the scope: what was synced stands still (source_gone ' || :source_gone::text || ')'
    end
from (
    select distinct source_product_id from variant_links
    where account_id = :account_id::integer
        and connection_id = :connection_id::integer
        and (:products::bigint[] is null or source_product_id = any (:products::bigint[]))
) as l
join offered as o on o.product_id = l.source_product_id and o.gate is not null
join staging.products as p
    on p.account_id = :account_id::integer and p.store_id = :source::integer and p.product_id = l.source_product_id
union all
select
    'gone_at_source', 'product', l.source_product_id, 0, l.source_product_id, p.handle,
    'the source no longer has it: what was synced stands still (source_gone ' || :source_gone::text || ')'
from product_links as l
join staging.products as p
    on p.account_id = l.account_id and p.store_id = l.destination_store_id and p.product_id = l.destination_product_id
where l.account_id = :account_id::integer
    and l.connection_id = :connection_id::integer
    and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    and not exists (
        select from staging.products as s
        where s.account_id = l.account_id and s.store_id = :source::integer and s.product_id = l.source_product_id
    )
union all
select
    'extra_variant', 'variant', e.source_variant_id, e.destination_variant_id, e.source_product_id, e.sku,
    case
        when not e.created_by_us then 'removed at the source; it stays, since it was there before us'
        when not :remove_variants::boolean then 'removed at the source; it stays (remove_variants is off)'
        else 'removed at the source; it stays, since a product keeps one variant'
    end
from extra_variants as e
where not :remove_variants::boolean or e.last_one or not e.created_by_us
union all
select
    'needs_price', 'product', r.source_product_id, 0, r.source_product_id, r.label,
    'made as draft at 0.00, since price is never; it is published by no run until it has a price'
from needing_price as r
union all
select
    case when t.by_connection is null then 'mapping_unresolved' else 'taken' end,
    'variant', t.source_variant, t.destination_variant, t.source_product, t.sku,
    case
        when t.by_connection is null then 'its mapping names no free variant of the destination'
        else format('linked by connection %s', t.by_connection)
    end
from taken as t
where not exists (select from unfit_source as u where u.variant_id = t.source_variant);
