-- Linked products whose two sides differ, or whose baseline is not settled yet.
create temp table product_rows on commit drop as
with

pairs as (
    select
        l.source_product_id,
        l.destination_product_id,
        l.existing,
        s.handle as label,
        b.destination_product_id is not null as known,
        coalesce(b.unsettled, '{}') as unsettled,
        s.digest as source_digest,
        d.digest as destination_digest,
        (s.digest, d.digest) is distinct from (l.source_digest, l.destination_digest) as undigested,
        array(
            select tag from unnest(s.tags) as tag where not lower(tag) = any (:hide_tags::text[]) order by tag collate "C"
        ) as source_tags,
        d.tags as destination_tags,
        u.destination_product_id is not null as unpriced,
        s.options as source_options,
        s.status as source_status,
        s.published as source_published,
        [[ copied: s.# as desired_# ]],
        [[ fields: d.# as actual_# ]],
        [[ fields: b.wrote_# ]],
        [[ fields: b.saw_# ]]
    from linked_products as l
    join staging.products as s
        on s.account_id = l.account_id and s.store_id = :source::integer and s.product_id = l.source_product_id
    join staging.products as d
        on d.account_id = l.account_id and d.store_id = :destination::integer and d.product_id = l.destination_product_id
    left join baseline.products as b
        on b.account_id = l.account_id
        and b.connection_id = l.connection_id
        and b.destination_product_id = l.destination_product_id
    left join needing_price as u on u.destination_product_id = l.destination_product_id
    where l.account_id = :account_id::integer
        and l.connection_id = :connection_id::integer
        and (:products::bigint[] is null or l.source_product_id = any (:products::bigint[]))
    -- merged into what follows, the lists of tags would be made anew wherever they are named
    offset 0
),

desired as (
    select
        [[ plain: p.# ]],
        [[ copied: p.desired_# ]],
        p.source_tags as desired_tags,
        case when p.unpriced then p.actual_status else p.source_status end as desired_status,
        -- a draft shows itself as unpublished, whatever it will be when someone makes it active
        case
            when p.unpriced or (:new_products::text = 'draft' and p.actual_status = 'DRAFT') then p.actual_published
            else p.source_published
        end as desired_published,
        -- another number of options cannot be written field by field: listed as options_differ
        case
            when cardinality(p.source_options) = cardinality(p.actual_options) then p.source_options
            else p.actual_options
        end as desired_options,
        [[ untagged: p.actual_# ]],
        -- merge: only tags that came from the source, now or earlier, are ours to compare (D18)
        case
            when :tags::text = 'replace' then p.destination_tags
            else array(
                select tag
                from unnest(p.destination_tags) as tag
                where lower(tag) = any (lower((p.source_tags || coalesce(p.wrote_tags, '{}'))::text)::text[])
                order by tag collate "C"
            )
        end as actual_tags,
        [[ fields: p.wrote_# ]],
        [[ fields: p.saw_# ]]
    from pairs as p
    offset 0
)

select
    [[ plain: # ]],
    [[ fields: desired_# ]],
    [[ fields: actual_# ]],
    [[ fields: wrote_# ]],
    [[ fields: saw_# ]]
from desired
where ([[ fields: desired_# ]]) is distinct from ([[ fields: actual_# ]])
    or undigested
    or (
        existing <> 'stock_only'
        and (
            not known
            or unsettled <> '{}'
            or ([[ fields: desired_# ]]) is distinct from ([[ fields: wrote_# ]])
            or ([[ fields: actual_# ]]) is distinct from ([[ fields: saw_# ]])
        )
    );
