-- Lines of a connection's open sets that wait for a person: of some source products, of a collection, or all.
with

waiting as not materialized (
    select
        l.account_id,
        l.change_id,
        s.kind,
        s.hold_reason
    from change_sets as s
    join changes as l on l.account_id = s.account_id and l.change_set_id = s.change_set_id
    where s.account_id = :account_id::integer
        and s.connection_id = :connection_id::integer
        and s.state in ('held', 'approved')
        and l.status in ('held', 'proposed')
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
        and (
            :collection_id::bigint is null
            or l.source_product_id in (
                select cp.product_id
                from staging.collection_products as cp
                where cp.account_id = :account_id::integer
                    and cp.store_id = :source::integer
                    and cp.collection_id = :collection_id::bigint
            )
        )
),

-- there may be a hundred thousand: which of them are shown does not matter, for then they are decided elsewhere
shown as (
    select * from waiting limit :limit::integer
)

select
    l.change_id,
    l.change_set_id,
    w.kind,
    w.hold_reason,
    l.entity,
    l.action,
    l.field,
    l.label,
    l.before::text as before,
    -- how a price was derived names the source's cost: that is nobody else's business (D2)
    case when jsonb_typeof(l.after) = 'object' then l.after - '{base,inputs,origin}'::text[] else l.after end::text as after,
    l.brake,
    case
        when (select count(*) from shown) < :limit::integer then (select count(*) from shown)
        else (select count(*) from waiting)
    end as total
from shown as w
join changes as l on l.account_id = w.account_id and l.change_id = w.change_id
order by l.source_product_id, l.entity, l.action, l.field, l.change_id
