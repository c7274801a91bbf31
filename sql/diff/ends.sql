-- What is to become of linked products that left, line by line (D15): deleted with proof, else taken off the publication we
-- put them on, their stock at 0 where that is asked for. What a person said of a line of this departure stands (rule 88),
-- and what the store refused is not tried again (rule 81).
create temp table ends on commit drop as
with

away as (
    select d.source_product_id, d.why, d.since, d.first_absent_at, d.last_absent_at
    from departures as d
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and (:products::bigint[] is null or d.source_product_id = any (:products::bigint[]))
        and :source_gone::text <> 'keep'
),

-- from when on every order of the destination was read; nothing that was made before is known never to have been ordered
history as (
    select min(
        case
            when o.filter is null then '-infinity'
            else substring(o.filter from '^(?:created|updated)_at:>=''([^'']+)''$')::timestamptz
        end
    ) as since
    from stores as s
    join snapshots as o
        on o.account_id = s.account_id
        and o.store_id = s.store_id
        and o.operation = 'orders'
        and o.kind = 'full'
        and o.state = 'complete'
        and o.merged_at is not null
    where s.account_id = :account_id::integer
        and s.store_id = :destination::integer
        and 'read_all_orders' = any (s.scopes)
),

owned as (
    select
        a.*,
        l.destination_product_id,
        l.created_by_us,
        p.handle,
        p.title,
        p.published,
        p.created_at,
        coalesce(b.wrote_published and not 'published' = any (b.unsettled), false) as wrote_published,
        a.last_absent_at >= a.first_absent_at + interval '20 hours' as absent_twice
    from away as a
    join product_links as l
        on l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and l.source_product_id = a.source_product_id
    join staging.products as p
        on p.account_id = l.account_id
        and p.store_id = l.destination_store_id
        and p.product_id = l.destination_product_id
    left join baseline.products as b
        on b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_product_id = l.destination_product_id
),

-- every variant is one that we made: what a merchant added of their own is not deleted with ours
proven as (
    select o.source_product_id, o.destination_product_id, o.handle, o.title, o.since
    from owned as o
    cross join history
    where :source_gone::text in ('delete', 'unpublish_and_zero_or_delete')
        and o.why = 'gone'
        and o.absent_twice
        and o.created_by_us
        and history.since <= o.created_at
        and not exists (
            select from staging.variants as v
            where v.account_id = :account_id::integer
                and v.store_id = :destination::integer
                and v.product_id = o.destination_product_id
                and (
                    exists (
                        select from staging.line_items as i
                        where i.account_id = v.account_id and i.store_id = v.store_id and i.variant_id = v.variant_id
                    )
                    or not exists (
                        select from variant_links as l
                        where l.account_id = v.account_id
                            and l.connection_id = :connection_id::integer
                            and l.destination_variant_id = v.variant_id
                            and l.created_by_us
                    )
                )
        )
        and not exists (
            select from decisions as d
            where d.account_id = :account_id::integer
                and d.connection_id = :connection_id::integer
                and d.entity = 'product'
                and d.action = 'delete'
                and d.item_id = o.destination_product_id
                and d.decided_at >= o.since
        )
),

-- what we created and last left published, or what a line of ours put there
shown as (
    select o.*
    from owned as o
    where o.published
        and o.wrote_published
        and (
            o.created_by_us
            and not exists (
                select from lock_rules as r
                where r.account_id = :account_id::integer
                    and r.connection_id = :connection_id::integer
                    and r.field = 'published'
                    and r.mode = 'never'
            )
            or exists (
                select from changes as c
                where c.account_id = :account_id::integer
                    and c.connection_id = :connection_id::integer
                    and c.entity = 'product'
                    and c.field = 'published'
                    and c.item_id in (o.destination_product_id, o.source_product_id)
                    and c.source_product_id = o.source_product_id
                    and c.after = 'true'
                    and c.status in ('applied', 'as_stored')
            )
        )
        and not exists (select from proven as p where p.source_product_id = o.source_product_id)
),

stocked as (
    select distinct on (v.inventory_item_id, v.location_id) v.*, a.why, a.since
    from away as a
    join linked_levels as v
        on v.account_id = :account_id::integer
        and v.connection_id = :connection_id::integer
        and v.source_product_id = a.source_product_id
    left join baseline.levels as b
        on b.account_id = :account_id::integer
        and b.connection_id = :connection_id::integer
        and b.inventory_item_id = v.inventory_item_id
        and b.location_id = v.location_id
    where :source_gone::text in ('delete', 'unpublish_and_zero_or_delete')
        and :inventory::boolean
        and v.available > 0
        and coalesce(v.mode, :quantity_mode::text) in ('follow', 'enforced')
        -- at 0 once, a figure that follows is the destination's own again
        and (coalesce(v.mode, :quantity_mode::text) = 'enforced' or b.wrote_available is distinct from 0)
        and not exists (select from proven as p where p.source_product_id = a.source_product_id)
    order by v.inventory_item_id, v.location_id, v.destination_variant_id
),

lines as (
    select
        'product' as entity, 'delete' as action, source_product_id, destination_product_id,
        destination_product_id as item_id, 0::bigint as location_id, '' as field, handle as label,
        jsonb_build_object('title', title, 'handle', handle) as before, null::jsonb as after,
        'gone' as why, since
    from proven
    union all
    select
        'product', 'update', source_product_id, destination_product_id, destination_product_id, 0, 'published', handle,
        'true', 'false', why, since
    from shown
    union all
    select
        'level', 'update', source_product_id, destination_product_id, inventory_item_id, location_id, 'available', sku,
        to_jsonb(available), '0', why, since
    from stocked
)

select l.*, last_try.refusal
from lines as l
left join lateral (
    select case when c.status = 'failed' then coalesce(c.message, 'no reason given') end as refusal
    from changes as c
    join change_sets as s on s.account_id = c.account_id and s.change_set_id = c.change_set_id
    where c.account_id = :account_id::integer
        and c.connection_id = :connection_id::integer
        and c.entity = l.entity
        and c.action = l.action
        and c.item_id = l.item_id
        and c.location_id = l.location_id
        and c.field = l.field
        and c.before is not distinct from l.before
        and c.after is not distinct from l.after
        and s.kind = 'life_cycle'
        and s.created_at > :settings_at::timestamptz
        and c.status in ('failed', 'applied', 'as_stored')
    order by c.change_id desc
    limit 1
) as last_try on true
where not exists (
    select from decisions as d
    where d.account_id = :account_id::integer
        and d.connection_id = :connection_id::integer
        and d.entity = l.entity
        and d.action = l.action
        and d.item_id = l.item_id
        and d.location_id = l.location_id
        and d.field = l.field
        and (d.decision = 'keep' or (d.desired is not distinct from l.after and d.decided_at >= l.since))
);
